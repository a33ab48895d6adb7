extension ScriptErrorTests {
  /// Unknown statements and settings, blocks, and numbers out of range.
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
      t:1:5: error: unknown setting 'colour'; expected collector, schedule, trigger, barrier, \
      roots, allocate, heap, atomicity, stacks, scan, handshake, stack-barrier, elide, unguarded, \
      bulk-copy, send, buffer, flag-check, worklist, sweep, nursery, promotion, remember, counting, \
      cycle-detection or strict
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
      as in 64KiB, 1MiB
      set heap 99999999999999999999GiB
               ^~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "repeat 2\nobject A",
      """
      t:1:1: error: repeat has no 'end'; expected one after the lines to repeat
      repeat 2
      ^~~~~~~~
      """
    ),
    (
      "end",
      """
      t:1:1: error: end without a 'repeat' before it
      end
      ^~~
      """
    ),
    (
      "repeat 2\npush f\nend",
      """
      t:3:1: error: the block pushes and pops not as many frames; expected as many at its end \
      as at its start
      end
      ^~~
      """
    ),
    (
      "repeat 2\ntitle \"x\"\nend",
      """
      t:2:1: error: 'title' can be done only once; expected it outside of 'repeat'
      title "x"
      ^~~~~
      """
    ),
    (
      "repeat 0",
      """
      t:1:8: error: expected a number of times from 1 to 100000, found '0'
      repeat 0
             ^
      """
    ),
    (
      "churn 5 keep 0",
      """
      t:1:14: error: expected a number of kept from 1 to 4096, found '0'
      churn 5 keep 0
                   ^
      """
    ),
    (
      "work 0",
      """
      t:1:6: error: expected a number of units from 1 to 1000000000, found '0'
      work 0
           ^
      """
    ),
    (
      "set trigger of",
      """
      t:1:13: error: unknown trigger 'of'; did you mean 'off'?
      set trigger of
                  ^~
      """
    ),
    (
      "expect moved",
      """
      t:1:13: error: expected a number from 0 to 1000000000, found the end of the line
      expect moved
                  ^
      """
    ),
  ]
}
