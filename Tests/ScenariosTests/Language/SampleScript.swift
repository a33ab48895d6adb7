/// The script of the language's description, without what is not built yet.
let sampleScript = """
  title "The bad case"
  title.zh "坏情形"
  set collector mark-sweep
  set schedule incremental
  set barrier none
  set roots once
  set allocate black
  set heap 1MiB
  set atomicity whole
  set stacks any
  set scan object
  set handshake on
  set stack-barrier off
  set elide none
  set unguarded others
  set bulk-copy bare
  set send shaded
  set buffer late
  set flag-check early

  # the heap of the books
  object A slots 2
  object B slots 2 bytes 40
  object D slots 1
  root g = A
  push main
  local x = g
  x.1 = B  # a pointer write by the mutator
  local y = x.1
  pop
  thread T2
  T2: push worker
  T2: local z = g
  T2: z.0 = B
  T2: expect z = A
  copy g to B
  push sender
  local s = g
  send s to T2 as w
  T2: copy w to z
  pop

  start
  step 3
  scan stack T2
  step 3 slot
  step phase
  until A black
  finish
  collect

  say "A is black already."
  say.zh "A 已经是黑色。"
  beat
  ask "Which object becomes grey?" answer B
  expect B grey
  expect D lost
  expect strong broken
  expect phase marking
  expect A.0 = nil
  free D
  join T2
  expect double-frees 0
  expect cache-hits 7
  goal A lost within 12

  """

/// The example of the language's description, to the letter.
let describedScript = """
  title "The bad case"                # title.zh "…" and say.zh "…" give the Chinese text
  set collector mark-sweep            # mark-sweep | mark-compact | copying | reference-counting
  set schedule incremental            # stop-the-world | incremental | concurrent
  set barrier none                    # none | dijkstra | steele | boehm | yuasa | hybrid | go | baker | appel …
  set roots once                      # once: stacks scanned once (black mutator) · rescan: again before marking ends
  set allocate black                  # colour of objects born while marking: white | grey | black
  set heap 1MiB                       # limit of the arena
  set atomicity whole                 # whole | shade-first | store-first | read-first: is barrier + store one action or more?
  set stacks any                      # when stacks are scanned: any (time) | first (before the heap) | snapshot (all at once)
  set scan object                     # marking is atomic per object, or per slot: object | slot-last | slot-first (blackened last/first)
  set handshake on                    # off: threads need not be at a safepoint when stacks are scanned or marking ends
  set stack-barrier off               # on: barriers act on variables too
  set elide none                      # none | new-nil | old-nil: stores that skip the barrier

  object A slots 2                    # allocates; A is a label on the screen, not a reference. Also: bytes 16
  object B slots 2 bytes 40
  root g = A                          # a global variable
  push main                           # a stack frame
  local x = g                         # a variable in the top frame; x = nil | variable | variable.slot | Label
  x.1 = B                             # a pointer write by the mutator, through the barrier
  local y = x.1                       # a load (read barriers act here)
  pop
  thread T2                           # further mutators, each with its stack; `T2: local z = g` lets one act

  start                               # begin a collection cycle
  step 3                              # three collector steps; `step 3 slot | object | phase`
  until A black                       # steps the collector until the claim holds (any claim of `expect`); an error if the cycle ends first
  finish                              # run the cycle to its end
  collect                             # start + finish

  say "A is black already."           # narration
  beat                                # lecture stop: play pauses here
  ask "Which object becomes grey?" answer B
  expect B grey                       # white | grey | black | free
  expect D lost                       # live | garbage | doomed | lost | leaked
  expect strong broken                # strong | weak: holds | broken
  expect phase marking
  """
