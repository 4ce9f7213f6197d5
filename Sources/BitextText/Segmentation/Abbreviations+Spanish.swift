extension LanguageRules {
  /// No sentence ends after these.
  static let spanishNever = """
    Dn Gen Gral Mons Prof San St Sta Sto aa alm arq bros cap cdte cf cfr cnel cnl d
    d.ª da dr dra dras dres dª dña e.g ee ej em emm excma excmo exma exmo ff fr fray hh
    hno i.e ilma ilmo iltre ing jj lcda lcdo lda ldo lic licda licdo mr mrs mt mtra mtro ntra
    ntro p.ej pbro profa rdo rr rvdmo rvdo s.a.r s.m sgto sr sra sras sres srta srtas ss ss.mm
    tte v.gr vda vid vs
    """

  /// A number follows these.
  static let spanishNumbered = """
    apdo aptdo art arts c ca cap caps cl cod cra cód depto dpto ed exp expte ext fig figs inc
    km lib n n.º no nos nro nros num n° nº núm núms p pag pags parr pp pág págs párr párrf s
    sec secc ss tel teléf tit tít v ver vol vols
    """

  /// Months and days of the week.
  static let spanishCalendar = """
    abr ago dic dom ene feb jue jul jun lun mar may mie mié nov oct sab sep sept set sáb vie
    """

  /// A sentence may end after these, if one begins after them.
  static let spanishEndable = """
    a.c a.e.c a.m d.c e.c aa.rr adm admon admón aprox av avda bco blvd c c.a c.v cc.aa ccaa cert cia cit cm co
    col cols comp coord coords corp cía cód d.f dcha dd.hh depto deptos dir dpto dptos eds
    ee.uu eeuu entlo etc ff.cc figs fund g gob gr grs h hab habs hnos hr hrs hs inc izda izq
    jj.oo jr kg kgs km kms l lt ltd ltda lts m m.n max min mins mm ms mss máx mín núms o.n.u ob
    oo op p.d p.m p.s pdta pl plza prov pta pza r.u ref refs rel rr.hh rte s s.a s.a.s s.a.u
    s.l s.l.u sdad seg segs sr ss.mm tel telf tlf trad u.e u.k u.s u.s.a ud uds urb uu vd vds
    """

  /// CLDR’s segment suppressions that are no ordinary words (Unicode licence).
  static let spanishSuppressions = """
    C.P C.S DC Desv Drs Dto Exc Excmas Excmos Exmas Exmos H.P Ilmas Ilmos K Ltdo O.M R.D Rdos
    Rev Rvdmos Rvdos SA SS.AA afma afmas afmo afmos bol c/c doc dtor srs
    """

  /// Words that begin sentences and are no names.
  static let spanishStarters = """
    a actualmente además ahora al algunas algunos ante antes aquel aquella aquellas aquello
    aquellos así aunque ayer bajo cada como con contra cuando cuál cuáles cuándo cuánto cómo
    dado de debido del desde después donde durante dónde e el ella ellas ellos en entonces
    entre envíe era eran es esa esas ese eso esos esta estas este esto estos está están éste ésta éstos éstas ésa ése
    finalmente fue fueron gracias ha había han hasta hay hoy la las le les lo los luego mas
    mañana me menos mi mientras muchas muchos muy más no nos nosotros nuestra nuestro o otra
    otras otro otros para pero por porque posteriormente pues que quien quién quiénes qué se
    según será si sin sino sobre son su sus sí tal también tampoco tanto te tiene tienen toda
    todas todo todos tras tú u un una unas unos usted ustedes varios y ya yo él
    """
}
