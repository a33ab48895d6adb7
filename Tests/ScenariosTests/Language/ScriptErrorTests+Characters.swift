extension ScriptErrorTests {
  /// Wrong characters, and places that are hard to point at.
  static let characterTable: [(String, String)] = [
    (
      "say \"a\u{200B}b\"",
      """
      t:1:7: error: invisible character U+200B; remove it
      say "a\u{FFFD}b"
            ^
      """
    ),
    (
      "start # a\u{202E}b",
      """
      t:1:10: error: invisible character U+202E; remove it
      start # a\u{FFFD}b
               ^
      """
    ),
    (
      "st\0art",
      """
      t:1:3: error: invisible character U+0000; remove it
      st\u{FFFD}art
        ^
      """
    ),
    (
      "say \"a\tb\"",
      """
      t:1:7: error: tab inside a text; use spaces
      say "a  b"
            ^~
      """
    ),
    (
      "say “hello”",
      """
      t:1:5: error: '“' only looks like '"'; type '"'
      say “hello”
          ^
      """
    ),
    (
      "root g ＝ nil",
      """
      t:1:8: error: '＝' only looks like '='; type '='
      root g ＝ nil
             ^~
      """
    ),
    (
      "say \"hello",
      """
      t:1:5: error: text without its closing quote; expected '"' before the end of the line
      say "hello
          ^~~~~~
      """
    ),
    (
      "say \"a\\",
      """
      t:1:5: error: text without its closing quote; expected '"' before the end of the line
      say "a\\
          ^~~
      """
    ),
    (
      "say \"a\\tb\"",
      """
      t:1:7: error: unknown escape '\\t' in a text; expected '\\"', '\\\\' or '\\n'
      say "a\\tb"
            ^~
      """
    ),
    (
      "say \"坏\" 坏e\u{301}",
      """
      t:1:9: error: expected the end of the line, found '坏e\u{301}'
      say "坏" 坏e\u{301}
               ^~~
      """
    ),
    (
      "\tstart\tnow",
      """
      t:1:8: error: expected minor, found 'now'
              start   now
                      ^~~
      """
    ),
  ]
}
