extension LanguageRules {
  /// No sentence ends after these.
  static let englishNever = """
    Adm Al Ald Brig Capt Cit Col Def Det Dist Est Fr Ft Gen Hon Lieut Loc Mt Op Pres Prof Profs
    Rep Reps Resp Rev Sen Sens Sr St Sta Ste Univ amb approx asst atty attys cf cmd cmdr cpl
    dept dr drs e.g esp eg gov h.m.s i.e ibid ie incl insp lt lt.cdr lt.col maj maj.gen messrs med mgr
    mlle mme mmes mr mrs ms msgr pfc ph pvt rt s.s sgt spc sra supt u.s.s v viz vs
    """

  /// A number follows these.
  static let englishNumbered = """
    App Bk Cl Fl Stat Ver apt art arts c ca ch chap circa eq eqs ex ext f fax fig figs fol no
    nos nr num n° p par para paras pg pgs ph pp pt pts rev rm sec sect sq ste tel v vol vols vv
    """

  /// Months and days of the week.
  static let englishCalendar = """
    Apr Aug Dec Feb Fri Jan Jul Jun Mar Mon Nov Oct Sat Sep Sept Sun Thu Thur Thurs Tue Tues
    Wed Weds
    """

  /// A sentence may end after these, if one begins after them.
  static let englishEndable = """
    Ala Ark Ave Calif Conn Del Dia Fla Ga Ill In Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont
    Neb Nev Okla Ore Pa Penn Tex Wash Wis a.d a.m adj adv alt ariz ass'n assn assoc attn avg
    b.a b.c b.c.e b.v bldg blvd bros c.e c.o.d cent cm co colo cont corp ctr cu d.a d.c d.d.s
    dept diff div e.u ed eds esq est etc exec ft gmbh gov't govt hr hrs hwy i.d i.t inc int'l
    intl j.b j.d j.k jr k.r kg km l.a l.p lb lbs llc ltd m.a m.b.a m.d max mfg mgmt mi min mins
    misc mm mos n.b n.c n.d n.h n.j n.m n.v n.y nat'l natl orig oz p.m p.o p.s ph.d phd plc r.i
    r.i.p rd ref refs s.a s.c s.d s.p.a sec secs sq sr st tbsp tel temp tenn trans tsp u.k u.n
    u.s u.s.a univ va vt w.va wk wks wyo yd yds yr yrs
    """

  /// CLDR’s segment suppressions that are no ordinary words (Unicode licence).
  static let englishSuppressions = """
    A A.S AA AB AD Abs B C.F Cap D DC E Fn G Gb Hon.B.A Hz I K Kb L Lev M M.I.T M.R M.T Mb O
    P.V PC Phys Q R.L R.T S S.A.R S.E T U U.S.C X Z
    """

  /// Words that begin sentences and are no names.
  static let englishStarters = """
    a about according after all also although among an and another are as at because before
    between both but by can could despite did do does dozens don't during each either even every few
    for from furthermore had has have he he's hence her here his how however hundreds i i'll i'm i've if
    in instead is it it's its just later let let's like many may maybe meanwhile might millions moreover
    most must my neither no nor not now of ok okay on once one only or other others our over
    perhaps please see several she she's should since so some such thank thanks that that's the
    their then there there's therefore these they they're this those though thousands through thus to
    today tomorrow under unlike until was we we're well were what what's when where which while
    who who's why will with within without would yes yesterday yet you you're your
    """
}
