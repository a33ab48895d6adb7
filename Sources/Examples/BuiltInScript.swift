/// The scripts that come with the program, embedded in it: those of the folder `examples`.
///
/// The build names each file's bytes after it, whatever its folder, with `_` for the first digit and for
/// every character that cannot stand in an identifier.
public struct BuiltInScript: Hashable, Sendable {
  /// The file's name without `.tri`, with its folder if it is not in `examples` itself.
  public let name: String
  /// UTF-8.
  public let bytes: [UInt8]

  private init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// What opens when nothing else is asked for.
  public static let badCase = BuiltInScript("03-bad-case", PackageResources._3_bad_case_tri)

  /// Stories first, then puzzles.
  public static let all = stories + puzzles

  /// In the order of the story they tell.
  public static let stories: [BuiltInScript] = [
    BuiltInScript("01-plain-marking", PackageResources._1_plain_marking_tri),
    BuiltInScript("02-book-bad-case", PackageResources._2_book_bad_case_tri),
    badCase,
    BuiltInScript("04-strong-invariant", PackageResources._4_strong_invariant_tri),
    BuiltInScript("05-weak-invariant", PackageResources._5_weak_invariant_tri),
    BuiltInScript("05-weak-broken", PackageResources._5_weak_broken_tri),
    BuiltInScript("06-dijkstra-insertion", PackageResources._6_dijkstra_insertion_tri),
    BuiltInScript("07-yuasa-deletion", PackageResources._7_yuasa_deletion_tri),
    BuiltInScript("08-hybrid-proposed", PackageResources._8_hybrid_proposed_tri),
    BuiltInScript("08-hybrid-go", PackageResources._8_hybrid_go_tri),
    BuiltInScript("09-dijkstra-no-rescan", PackageResources._9_dijkstra_no_rescan_tri),
    BuiltInScript("09-dijkstra-rescan", PackageResources._9_dijkstra_rescan_tri),
    BuiltInScript("10-floating-garbage", PackageResources._0_floating_garbage_tri),
    BuiltInScript("11-allocate-white", PackageResources._1_allocate_white_tri),
    BuiltInScript("11-allocate-black", PackageResources._1_allocate_black_tri),
    BuiltInScript("12-slots-insertion", PackageResources._2_slots_insertion_tri),
    BuiltInScript("12-slots-deletion", PackageResources._2_slots_deletion_tri),
    BuiltInScript("13-stop-the-world", PackageResources._3_stop_the_world_tri),
    BuiltInScript("14-store-then-shade", PackageResources._4_store_then_shade_tri),
    BuiltInScript("15-test-then-store", PackageResources._5_test_then_store_tri),
    BuiltInScript("16-nil-elision", PackageResources._6_nil_elision_tri),
    BuiltInScript("17-grey-stack", PackageResources._7_grey_stack_tri),
    BuiltInScript("18-use-after-free", PackageResources._8_use_after_free_tri),
    BuiltInScript("19-two-threads", PackageResources._9_two_threads_tri),
    BuiltInScript("20-why-allocation-is-fast", PackageResources._0_why_allocation_is_fast_tri),
    BuiltInScript("21-fragmented-heap", PackageResources._1_fragmented_heap_tri),
    BuiltInScript("22-large-object", PackageResources._2_large_object_tri),
    BuiltInScript("23-two-threads-contending", PackageResources._3_two_threads_contending_tri),
    BuiltInScript("24-lazy-sweep", PackageResources._4_lazy_sweep_tri),
    BuiltInScript("25-tiny-objects", PackageResources._5_tiny_objects_tri),
    BuiltInScript("26-leaked-cycle", PackageResources._6_leaked_cycle_tri),
    BuiltInScript("27-deferred-counting", PackageResources._7_deferred_counting_tri),
    BuiltInScript("28-long-list", PackageResources._8_long_list_tri),
    BuiltInScript("29-compaction", PackageResources._9_compaction_tri),
    BuiltInScript("30-cheney", PackageResources._0_cheney_tri),
    BuiltInScript("31-baker", PackageResources._1_baker_tri),
    BuiltInScript("32-stale-copy", PackageResources._2_stale_copy_tri),
    BuiltInScript("33-stale-address", PackageResources._3_stale_address_tri),
    BuiltInScript("34-promotion", PackageResources._4_promotion_tri),
    BuiltInScript("35-nepotism", PackageResources._5_nepotism_tri),
    BuiltInScript("36-remembered-set", PackageResources._6_remembered_set_tri),
    BuiltInScript("37-frequent-death", PackageResources._7_frequent_death_tri),
    BuiltInScript("38-rare-death", PackageResources._8_rare_death_tri),
    BuiltInScript("39-stop-or-slices", PackageResources._9_stop_or_slices_tri),
    BuiltInScript("40-assist", PackageResources._0_assist_tri),
  ]

  /// Scripts that end with a goal, from easy to hard.
  public static let puzzles: [BuiltInScript] = [
    BuiltInScript("puzzles/01-no-barrier", PackageResources._1_no_barrier_tri),
    BuiltInScript("puzzles/02-no-second-scan", PackageResources._2_no_second_scan_tri),
    BuiltInScript("puzzles/03-born-white", PackageResources._3_born_white_tri),
    BuiltInScript("puzzles/04-late-stack", PackageResources._4_late_stack_tri),
    BuiltInScript("puzzles/05-half-scanned", PackageResources._5_half_scanned_tri),
    BuiltInScript("puzzles/06-late-buffer", PackageResources._6_late_buffer_tri),
    BuiltInScript("puzzles/07-between-two-halves", PackageResources._7_between_two_halves_tri),
    BuiltInScript("puzzles/08-two-writers", PackageResources._8_two_writers_tri),
    BuiltInScript("puzzles/09-go", PackageResources._9_go_tri),
  ]
}

extension BuiltInScript: CustomStringConvertible {
  public var description: String { name }
}
