extension ScriptErrorTests {
  /// Known statements in the wrong form.
  static let formTable: [(String, String)] = [
    (
      "title.fr \"Le pire\"",
      """
      t:1:6: error: unknown language 'fr'; expected 'zh', or none for English
      title.fr "Le pire"
           ^~~
      """
    ),
    (
      "title Bad",
      """
      t:1:7: error: expected a text in quotes, found 'Bad'
      title Bad
            ^~~
      """
    ),
    (
      "start now",
      """
      t:1:7: error: expected minor, found 'now'
      start now
            ^~~
      """
    ),
    (
      "say \"a\" \"b\"",
      """
      t:1:9: error: expected the end of the line, found a text
      say "a" "b"
              ^~~
      """
    ),
    (
      "object A\ngoal A doomed within 2",
      """
      t:2:8: error: expected lost, found 'doomed'
      goal A doomed within 2
             ^~~~~~
      """
    ),
    (
      "object A\ngoal A lost within 0",
      """
      t:2:20: error: expected a number of actions from 1 to 1000, found '0'
      goal A lost within 0
                         ^
      """
    ),
    (
      "root g = nil\ngoal g lost within 2",
      """
      t:2:6: error: 'g' is a global; expected an object
      goal g lost within 2
           ^
      """
    ),
    (
      "object A slot 2",
      """
      t:1:10: error: expected slots or bytes, found 'slot'; did you mean 'slots'?
      object A slot 2
               ^~~~
      """
    ),
    (
      "object A slots 65536",
      """
      t:1:16: error: expected a number of slots from 0 to 65535, found '65536'
      object A slots 65536
                     ^~~~~
      """
    ),
    (
      "object A bytes 99999999999999999999999999",
      """
      t:1:16: error: expected a number of bytes from 0 to 16777216, \
      found '99999999999999999999999…'
      object A bytes 99999999999999999999999999
                     ^~~~~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "object A slots 1 slots 2",
      """
      t:1:18: error: 'slots' is given twice
      object A slots 1 slots 2
                       ^~~~~
      """
    ),
    (
      "step 0",
      """
      t:1:6: error: expected a number of steps from 1 to 1000000, found '0'
      step 0
           ^
      """
    ),
    (
      "step 2 slots",
      """
      t:1:8: error: expected slot, object or phase, found 'slots'; did you mean 'slot'?
      step 2 slots
             ^~~~~
      """
    ),
    (
      "root g A",
      """
      t:1:8: error: expected '=', found 'A'
      root g A
             ^
      """
    ),
    (
      "root g =",
      """
      t:1:9: error: expected nil, a variable, a global, an object or a slot such as x.0, \
      found the end of the line
      root g =
              ^
      """
    ),
    (
      "object",
      """
      t:1:7: error: expected a name for the object, found the end of the line
      object
            ^
      """
    ),
    (
      "ask \"?\" answer",
      """
      t:1:15: error: expected the answer, a word or a text in quotes, found the end of the line
      ask "?" answer
                    ^
      """
    ),
    (
      "until",
      """
      t:1:6: error: expected a claim, such as 'A black' or 'strong holds', \
      found the end of the line
      until
           ^
      """
    ),
    (
      "scan",
      """
      t:1:5: error: expected 'stack', a global or an object, found the end of the line
      scan
          ^
      """
    ),
    (
      "object A\nexpect A gray",
      """
      t:2:10: error: expected white, grey, black, free, live, garbage, leaked, doomed, lost, \
      collected or released, found 'gray'; did you mean 'grey'?
      expect A gray
               ^~~~
      """
    ),
    (
      "root g = nil\nexpect g",
      """
      t:2:9: error: expected '=', found the end of the line
      expect g
              ^
      """
    ),
    (
      "object A slots 1\nA.x = nil",
      """
      t:2:3: error: expected a slot number from 0 to 65534, found 'x'
      A.x = nil
        ^
      """
    ),
    (
      "object A slots 1\nA. = nil",
      """
      t:2:3: error: expected a slot number from 0 to 65534, found the end of the line
      A. = nil
        ^
      """
    ),
    (
      "object A slots 1\nA.0.1 = nil",
      """
      t:2:1: error: 'A.0.1' passes through two slots; load the first into a variable
      A.0.1 = nil
      ^~~~~
      """
    ),
    (
      "x = nil",
      """
      t:1:1: error: write 'local x = …' for a variable or 'root x = …' for a global
      x = nil
      ^
      """
    ),
    (
      "object A\nroot g = A\npush f\nlocal x = A\nx = g\ng = x\nA = x",
      """
      t:5:1: error: to change the variable 'x' write 'local x = …'
      x = g
      ^
      t:6:1: error: to change the global 'g' write 'root g = …'
      g = x
      ^
      t:7:1: error: 'A' is an object; write to one of its slots, as in 'A.0 = …'
      A = x
      ^
      """
    ),
    (
      "push f\nlocal x = nil\nscan x",
      """
      t:3:6: error: 'x' is a variable, and stacks are scanned whole; write 'scan stack'
      scan x
           ^
      """
    ),
  ]
}
