extension ScriptErrorTests {
  /// Names, slots and frames, and statements in the wrong order.
  static let nameTable: [(String, String)] = [
    (
      "object 2x\nobject a-b\nobject averyverylongname\nobject step\nobject 一二三四五六七",
      """
      t:1:8: error: '2x' cannot be a name: names start with a letter
      object 2x
             ^~
      t:2:8: error: 'a-b' cannot be a name: '-' is no letter, digit or '_'
      object a-b
             ^~~
      t:3:8: error: 'averyverylongname' cannot be a name: it takes 17 columns, expected 12 at most
      object averyverylongname
             ^~~~~~~~~~~~~~~~~
      t:4:8: error: 'step' cannot be a name: it is a word of the language
      object step
             ^~~~
      t:5:8: error: '一二三四五六七' cannot be a name: it takes 14 columns, expected 12 at most
      object 一二三四五六七
             ^~~~~~~~~~~~~~
      """
    ),
    (
      "object node\nroot g = nod\nexpect Node black\nroot h = q\nexpect stron holds",
      """
      t:2:10: error: unknown name 'nod'; did you mean 'node'?
      root g = nod
               ^~~
      t:3:8: error: unknown name 'Node'; did you mean 'node'?
      expect Node black
             ^~~~
      t:4:10: error: unknown name 'q'; expected nil, a variable, a global, an object or a slot \
      such as x.0
      root h = q
               ^
      t:5:8: error: unknown name 'stron'; did you mean 'strong'?
      expect stron holds
             ^~~~~
      """
    ),
    (
      "object A\npush f\nlocal x = A\npush h\nlocal y = x",
      """
      t:5:11: error: 'x' is a variable of another frame; only those of the top frame can be named
      local y = x
                ^
      """
    ),
    (
      "root g = nil\nexpect g black\nobject A\nexpect A = A\nexpect g = g",
      """
      t:2:8: error: 'g' is a global; expected an object
      expect g black
             ^
      t:4:8: error: 'A' is an object; expected a variable, a global or a slot such as x.0
      expect A = A
             ^
      t:5:12: error: 'g' is a global; expected nil or an object
      expect g = g
                 ^
      """
    ),
    (
      "object A\nobject A\nroot A = nil\npush f\nlocal A = nil\nlocal x = nil\npush h\nroot x = nil",
      """
      t:2:8: error: 'A' is already an object; expected a name of its own
      object A
             ^
      t:3:6: error: 'A' is already an object; expected a name of its own
      root A = nil
           ^
      t:5:7: error: 'A' is already an object; expected a name of its own
      local A = nil
            ^
      t:8:6: error: 'x' is already a variable; expected a name of its own
      root x = nil
           ^
      """
    ),
    (
      "object A\nobject B slots 1\nobject C slots 3\nA.0 = B\nB.1 = B\nC.3 = B.7",
      """
      t:4:3: error: 'A' has no slots
      A.0 = B
        ^
      t:5:3: error: 'B' has one slot; expected B.0
      B.1 = B
        ^
      t:6:3: error: 'C' has 3 slots; expected C.0 to C.2
      C.3 = B.7
        ^
      t:6:9: error: 'B' has one slot; expected B.0
      C.3 = B.7
              ^
      """
    ),
    (
      "local x = nil\nlocal y = x",
      """
      t:1:1: error: local needs a frame: push one first
      local x = nil
      ^~~~~
      """
    ),
    (
      "pop",
      """
      t:1:1: error: pop needs a frame: push one first
      pop
      ^~~
      """
    ),
    (
      "say \"set it up\"\nset barrier none\nstart\nset barrier go",
      """
      t:4:1: error: settings come before the first action; move this line up
      set barrier go
      ^~~
      """
    ),
  ]
}
