import GarbageCollection
import Scenarios
import TimeTravel

/// Moving a statement of the program in the schedule.
extension Player {
  /// Moves the statement of the present step and says how the story changed, or why it cannot be.
  mutating func rearrange(isLater: Bool) {
    guard let former = session.fork() else {
      return say(ReorderError.noMemory.description, .danger)
    }
    do throws(ReorderError) {
      var moved = try session.rearranged(isLater: isLater)
      let here = moved.session.position
      moved.session.seek(to: moved.session.stepCount)
      let difference = SessionDifference(
        from: session, to: moved.session, change: moved.change)
      moved.session.seek(to: here)
      done.append(Shelved(former))
      undone = []
      session = moved.rearranged()
      hasUnsavedEdits = true
      recordStory()
      layout.extend(with: recorder.story)
      say(difference.description, difference.isWorse ? .doomed : .good)
    } catch {
      say(error.description, .doomed)
    }
  }
}
