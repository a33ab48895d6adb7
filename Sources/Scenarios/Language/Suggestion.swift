/// Finds the word that was probably meant.
///
/// A search costs one comparison a candidate; the budget bounds them over a whole script, so that
/// a long script full of unknown names is still read in linear time.
struct Suggestion {
  private var comparisonBudget = 200_000
  private static let longestWord = 24

  /// The nearest candidate, the first in the alphabet of equally near ones; nil if none is near.
  mutating func nearest(to word: Substring, among candidates: [String]) -> String? {
    guard candidates.count <= comparisonBudget,
      word.unicodeScalars.dropFirst(Self.longestWord).isEmpty
    else { return nil }
    comparisonBudget -= candidates.count

    let letters = Array(word.lowercased().unicodeScalars)
    return
      candidates
      .compactMap { candidate in
        Self.distance(letters, Array(candidate.lowercased().unicodeScalars))
          .map { (distance: $0, candidate: candidate) }
      }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
  }

  /// The nearest of `words` and of the names whose meaning `isWanted`.
  mutating func nearest(
    to word: Substring, scope: Scope, words: [String], where isWanted: (Scope.Meaning) -> Bool
  ) -> String? {
    guard scope.nameCount <= comparisonBudget else { return nil }
    return nearest(to: word, among: words + scope.unsortedNames(where: isWanted))
  }

  /// Insertions, deletions, replacements and swaps of neighbours between words near each other.
  ///
  /// Optimal string alignment; nil when the words are too far apart for a slip of the hand: case
  /// is one, a letter in a word of three to five, two letters in a longer one.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int? {
    let length = max(one.count, other.count)
    let limit = length < 3 ? 0 : length < 6 ? 1 : 2
    guard abs(one.count - other.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for i in 0..<one.count {
      var row = [i + 1]
      for j in 0..<other.count {
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[other.count] <= limit ? last[other.count] : nil
  }
}
