extension ScriptErrorTests {
  /// Unknown statements and settings, and what is not built yet.
  static let statementTable: [(String, String)] = [
    (
      "= 3",
      """
      t:1:1: error: expected a statement, found '='
      = 3
      ^
      """
    ),
    (
      "finsh",
      """
      t:1:1: error: unknown statement 'finsh'; did you mean 'finish'?
      finsh
      ^~~~~
      """
    ),
    (
      "leap 3",
      """
      t:1:1: error: unknown statement 'leap'; expected a statement such as 'object A', \
      'x.0 = A' or 'step'
      leap 3
      ^~~~
      """
    ),
    (
      "objct A slots many\nA.0 = A",
      """
      t:1:1: error: unknown statement 'objct'; did you mean 'object'?
      objct A slots many
      ^~~~~
      """
    ),
    (
      "set barier none",
      """
      t:1:5: error: unknown setting 'barier'; did you mean 'barrier'?
      set barier none
          ^~~~~~
      """
    ),
    (
      "set colour none",
      """
      t:1:5: error: unknown setting 'colour'; expected collector, schedule, barrier, roots, \
      allocate, heap, atomicity, stacks, scan, handshake, stack-barrier, elide, \
      unguarded, bulk-copy, send, buffer, flag-check, worklist, sweep or strict
      set colour none
          ^~~~~~
      """
    ),
    (
      "set",
      """
      t:1:4: error: expected a setting, such as barrier, found the end of the line
      set
         ^
      """
    ),
    (
      "set barrier",
      """
      t:1:12: error: expected barrier: none, dijkstra, dijkstra-conditional, dijkstra-early, \
      steele, boehm, boehm-dirty, yuasa, yuasa-conditional, hybrid, hybrid-any, hybrid-inverted, \
      go, lua-forward, lua-back, baker, baker-unconditional or appel, found the end of the line
      set barrier
                 ^
      """
    ),
    (
      "set heap",
      """
      t:1:9: error: expected a size, such as 64KiB or 1MiB, found the end of the line
      set heap
              ^
      """
    ),
    (
      "set barrier yuassa",
      """
      t:1:13: error: unknown barrier 'yuassa'; did you mean 'yuasa'?
      set barrier yuassa
                  ^~~~~~
      """
    ),
    (
      "set roots maybe",
      """
      t:1:11: error: unknown roots 'maybe'; expected once or rescan
      set roots maybe
                ^~~~~
      """
    ),
    (
      "set collector reference-counting",
      """
      t:1:15: error: collector 'reference-counting' is part of the language but not built yet
      set collector reference-counting
                    ^~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "set schedule concurrent",
      """
      t:1:14: error: schedule 'concurrent' is part of the language but not built yet
      set schedule concurrent
                   ^~~~~~~~~~
      """
    ),
    (
      "set heap 99999999999999999999GiB",
      """
      t:1:10: error: '99999999999999999999GiB' is not a heap size; expected 8KiB to 8GiB, \
      as in 64KiB or 1MiB
      set heap 99999999999999999999GiB
               ^~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "churn",
      """
      t:1:1: error: 'churn' is part of the language but not built yet
      churn
      ^~~~~
      """
    ),
    (
      "set nursery 64KiB",
      """
      t:1:5: error: 'set nursery' is part of the language but not built yet
      set nursery 64KiB
          ^~~~~~~
      """
    ),
    (
      "set schedule incremental 5",
      """
      t:1:26: error: 'set schedule incremental N' is part of the language but not built yet
      set schedule incremental 5
                               ^
      """
    ),
    (
      "expect moved 3",
      """
      t:1:8: error: 'expect moved' is part of the language but not built yet
      expect moved 3
             ^~~~~
      """
    ),
  ]
}
