import Scenarios

/// The kinds of errors without their data, so that a test can ask for all.
enum KindName: CaseIterable {
  case notUTF8, looksLikeUTF16, invisibleCharacter, tabInText, lookalike, unclosedText
  case unknownEscape, expected, unknownStatement, unknownSetting, setting, unknownLanguage
  case optionTwice, nestedSlot, bareAssignment, scanOfVariable, badName, unknownName
  case hiddenVariable, wrongMeaning, taken, noSuchSlot, localWithoutFrame, popWithoutFrame
  case settingAfterAction, unknownThread, threadEnded, threadTaken, joinOfMain, joinOfItself
  case notForThread, foreignVariable, slotForBase, sendToItself, receiverWithoutFrame,
    sendWithoutFrame
  case repeatWithoutEnd, endWithoutRepeat, unevenRepeat, notInRepeat

  init(_ kind: ScriptError.Kind) {
    self =
      switch kind {
      case .notUTF8: .notUTF8
      case .looksLikeUTF16: .looksLikeUTF16
      case .invisibleCharacter: .invisibleCharacter
      case .tabInText: .tabInText
      case .lookalike: .lookalike
      case .unclosedText: .unclosedText
      case .unknownEscape: .unknownEscape
      case .expected: .expected
      case .unknownStatement: .unknownStatement
      case .unknownSetting: .unknownSetting
      case .setting: .setting
      case .unknownLanguage: .unknownLanguage
      case .optionTwice: .optionTwice
      case .nestedSlot: .nestedSlot
      case .bareAssignment: .bareAssignment
      case .scanOfVariable: .scanOfVariable
      case .badName: .badName
      case .unknownName: .unknownName
      case .hiddenVariable: .hiddenVariable
      case .wrongMeaning: .wrongMeaning
      case .taken: .taken
      case .noSuchSlot: .noSuchSlot
      case .localWithoutFrame: .localWithoutFrame
      case .popWithoutFrame: .popWithoutFrame
      case .settingAfterAction: .settingAfterAction
      case .unknownThread: .unknownThread
      case .threadEnded: .threadEnded
      case .threadTaken: .threadTaken
      case .joinOfMain: .joinOfMain
      case .joinOfItself: .joinOfItself
      case .notForThread: .notForThread
      case .foreignVariable: .foreignVariable
      case .slotForBase: .slotForBase
      case .sendToItself: .sendToItself
      case .receiverWithoutFrame: .receiverWithoutFrame
      case .sendWithoutFrame: .sendWithoutFrame
      case .repeatWithoutEnd: .repeatWithoutEnd
      case .endWithoutRepeat: .endWithoutRepeat
      case .unevenRepeat: .unevenRepeat
      case .notInRepeat: .notInRepeat
      }
  }
}
