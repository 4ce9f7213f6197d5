extension BorderWords {
  static let english = BorderWords(
    border: """
      a an the this that these those each every either neither another any some no none all both half
      such what which whose many much more most few fewer less least several enough certain various
      other others own same very too so quite rather almost nearly just only even still yet already
      also as than then thus hence however therefore moreover furthermore meanwhile instead otherwise
      about above across after against along amid among around before behind below beneath beside
      besides between beyond despite down during except from inside into like near off onto opposite
      out outside over past per plus since through throughout till toward towards under underneath
      until unlike up upon via versus with within without but or nor if whether because although
      though unless while whereas when whenever where wherever why how once here there now today
      tomorrow yesterday tonight again ago always never ever often sometimes usually soon later early
      earlier recently currently first firstly second secondly third last next previous finally lastly
      not perhaps maybe likely well away back together apart far forward
      one two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand
      million billion dozen dozens hundreds thousands millions lot lots
      monday tuesday wednesday thursday friday saturday sunday january february march april june july
      august september october november december
      new old good better best bad worse worst big bigger biggest great greater greatest little small
      smaller long longer high higher low lower large larger largest able due following including
      according regarding concerning based different main whole entire recent
      year years month months week weeks day days hour hours minute minutes time times way ways
      thing things something anything nothing everything someone anyone everyone nobody everybody
      somebody kind sort type part bit number
      """,
    inner: "of to for in on the at by and &",
    never: """
      i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
      myself yourself himself herself itself ourselves themselves who whom is am are was were be been
      being do does did doing done have has had having will would shall should can could may might must
      ought need cannot can't don't doesn't didn't won't wouldn't isn't aren't wasn't weren't i'm it's
      that's there's they're we're you're he's she's let's what's i've we've they've i'd he'd i'll we'll
      say says said saying tell tells told get gets got getting make makes made go goes going went gone
      come comes came take takes took give gives gave given put puts let lets see saw seen know known
      think thought want wants wanted become becomes became seem seems seemed keep keeps kept
      's n't etc
      """,
    titles: """
      mr mrs ms miss dr prof professor sir lord lady dame president minister premier chancellor senator
      governor mayor judge justice secretary director general captain colonel officer sergeant inspector
      king queen prince princess pope bishop archbishop reverend father saint chairman chairwoman
      chairperson chief executive spokesman spokeswoman author actor singer coach manager
      """)
}
