extension ScriptErrorTests {
  /// Threads, frees by hand, counters.
  static let threadTable: [(String, String)] = [
    (
      "thread T2\nT3: push f",
      """
      t:2:1: error: unknown thread 'T3'; expected one that a 'thread' statement has started
      T3: push f
      ^~
      """
    ),
    (
      "thread worker\nwoker: push f",
      """
      t:2:1: error: unknown thread 'woker'; did you mean 'worker'?
      woker: push f
      ^~~~~
      """
    ),
    (
      "T3: object Z slots Q\nroot g = Z",
      """
      t:1:1: error: unknown thread 'T3'; expected one that a 'thread' statement has started
      T3: object Z slots Q
      ^~
      """
    ),
    (
      "thread T2\njoin T2\nT2: push f",
      """
      t:3:1: error: the thread 'T2' has ended
      T2: push f
      ^~
      """
    ),
    (
      "thread T2\njoin T2\njoin T2\nthread T2",
      """
      t:3:6: error: the thread 'T2' has ended
      join T2
           ^~
      t:4:8: error: 'T2' is a thread already; expected a name that no thread had before
      thread T2
             ^~
      """
    ),
    (
      "thread main",
      """
      t:1:8: error: 'main' is a thread already; expected a name that no thread had before
      thread main
             ^~~~
      """
    ),
    (
      "thread 2",
      """
      t:1:8: error: '2' cannot be a name: names start with a letter
      thread 2
             ^
      """
    ),
    (
      "thread",
      """
      t:1:7: error: expected a name for the thread, found the end of the line
      thread
            ^
      """
    ),
    (
      "join",
      """
      t:1:5: error: expected the name of a thread, found the end of the line
      join
          ^
      """
    ),
    (
      "join main",
      """
      t:1:6: error: 'main' is the thread that the run lasts as long as; it cannot be joined
      join main
           ^~~~
      """
    ),
    (
      "thread T2\nT2: join T2",
      """
      t:2:10: error: a thread cannot wait for its own end; let another one join it
      T2: join T2
               ^~
      """
    ),
    (
      "main: set barrier go",
      """
      t:1:7: error: 'set' is nothing that a thread does; write it without 'main:'
      main: set barrier go
            ^~~
      """
    ),
    (
      "thread T2\nT2: step",
      """
      t:2:5: error: 'step' is nothing that a thread does; write it without 'T2:'
      T2: step
          ^~~~
      """
    ),
    (
      "thread T2\nT2:",
      """
      t:2:4: error: expected a statement, found the end of the line
      T2:
         ^
      """
    ),
    (
      "push f\nthread T2\nT2: local z = nil",
      """
      t:3:1: error: local needs a frame: push one first
      T2: local z = nil
      ^~~
      """
    ),
    (
      "push f\nlocal x = nil\nthread T2\nT2: push f\nT2: local y = x\nexpect y = nil",
      """
      t:5:15: error: 'x' is a variable of thread 'main'; only that thread can name it
      T2: local y = x
                    ^
      t:6:8: error: 'y' is a variable of thread 'T2'; only that thread can name it
      expect y = nil
             ^
      """
    ),
    (
      "thread T2\nT2: push f\nT2: local y = nil\nobject y",
      """
      t:4:8: error: 'y' is already a variable; expected a name of its own
      object y
             ^
      """
    ),
    (
      "object A slots 1\nfree A.0",
      """
      t:2:6: error: 'A.0' is a slot; load it into a variable and free that
      free A.0
           ^~~
      """
    ),
    (
      "object A slots 1\nobject B slots 1\ncopy A.0 to B\ncopy A B",
      """
      t:3:6: error: 'A.0' is a slot; load it into a variable and copy that
      copy A.0 to B
           ^~~
      t:4:8: error: expected to, found 'B'
      copy A B
             ^
      """
    ),
    (
      "thread T2\npush f\nlocal x = nil\nroot g = nil\nsend x to T2 as y\nsend g to T2 as y",
      """
      t:5:11: error: the thread 'T2' has no frame to keep a reference in; push one there first
      send x to T2 as y
                ^~
      t:6:6: error: 'g' is a global; expected a variable of the top frame
      send g to T2 as y
           ^
      """
    ),
    (
      "push f\nlocal x = nil\nobject A\nthread T2\nT2: push f\nsend x to main as y\nsend x to T2 as A",
      """
      t:6:11: error: a thread sends to other threads; write 'local' for its own variables
      send x to main as y
                ^~~~
      t:7:17: error: 'A' is already an object; expected a name of its own
      send x to T2 as A
                      ^
      """
    ),
    (
      "thread T2\nT2: push f\nT2: local x = nil\nsend x to T2 as y",
      """
      t:4:1: error: send needs a frame: push one first
      send x to T2 as y
      ^~~~
      t:4:6: error: 'x' is a variable of thread 'T2'; only that thread can name it
      send x to T2 as y
           ^
      """
    ),
    (
      "free nil",
      """
      t:1:6: error: unknown name 'nil'; expected a variable, a global or an object
      free nil
           ^~~
      """
    ),
    (
      "expect cache-hits many",
      """
      t:1:19: error: expected a number from 0 to 1000000000, found 'many'
      expect cache-hits many
                        ^~~~
      """
    ),
    (
      "expect cache-hit 3",
      """
      t:1:8: error: unknown name 'cache-hit'; did you mean 'cache-hits'?
      expect cache-hit 3
             ^~~~~~~~~
      """
    ),
    (
      "object spans",
      """
      t:1:8: error: 'spans' cannot be a name: it is a word of the language
      object spans
             ^~~~~
      """
    ),
  ]
}
