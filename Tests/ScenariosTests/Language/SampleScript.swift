import Scenarios

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

  start
  step 3
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

  """
