extension BorderWords {
  static let spanish = BorderWords(
    border: """
      un una unos unas este esta estos estas ese esa esos esas aquel aquella aquellos aquellas cada
      cualquier cualquiera algún alguna algunos algunas ningún ninguna ninguno alguno otro otra otros
      otras mismo misma mismos mismas propio propia propios propias todo toda todos todas ambos ambas
      mucho mucha muchos muchas poco poca pocos pocas bastante bastantes demasiado tanto tanta tantos
      tantas tal tales varios varias más menos muy tan casi apenas sólo solo solamente incluso todavía
      aún ya también tampoco además así entonces luego después antes ahora hoy ayer mañana siempre nunca
      jamás pronto tarde temprano aquí ahí allí allá acá cerca lejos dentro fuera arriba abajo encima
      debajo delante detrás alrededor mientras cuando donde dónde como cómo cuanto cuánto cual cuál
      cuales porque pues aunque sino si pero o u ni que qué según ante bajo con contra desde durante entre
      hacia hasta mediante salvo sin sobre tras vía excepto versus no sí quizás tal vez embargo obstante
      primero primera primer segundo segunda tercero tercera último última últimos últimas próximo
      próxima siguiente siguientes anterior anteriores pasado pasada
      uno dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cien ciento cientos mil
      miles millón millones billones docena decenas
      lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
      agosto septiembre octubre noviembre diciembre
      nuevo nueva nuevos nuevas gran grande grandes mayor mayores menor menores mejor mejores peor peores
      bueno buena buenos buenas buen malo mala mal pequeño pequeña pequeños pequeñas largo larga alto alta
      bajo baja diferente diferentes distinto distinta distintos distintas cierto cierta ciertos ciertas
      debido incluido incluida incluidos incluidas respecto acerca través
      año años mes meses semana semanas día días hora horas minuto minutos vez veces forma manera modo
      cosa cosas algo nada alguien nadie parte tipo número cantidad
      """,
    inner: "de del la el los las lo al a en e y para por &",
    never: """
      yo tú él ella ello nosotros nosotras vosotros ellos ellas usted ustedes me te se nos os le les mi mis
      tu tus su sus nuestro nuestra nuestros nuestras mío mía suyo suya suyos suyas quien quién quienes cuyo
      cuya cuyos cuyas ser es soy eres somos son fue fueron sido siendo sea sean será serán sería serían
      fuera fuese estar está están estaba estaban estuvo estado esté estén haber ha han había habían hubo
      habrá habría haya hayan hay he hemos tener tiene tienen tenía tenían tuvo tuvieron tenga hacer hace
      hacen hizo hicieron hecho haga poder puede pueden podía podían podrá podrían podría pudo pudieron
      pueda puedan deber debe deben debía debería deberían ir va van iba iban vaya decir dice dicen dijo
      dijeron dicho dado dar da dan dio dieron ver querer quiere quieren quería saber sabe saben llegar
      llega llegó seguir sigue siguen parece parecen suele suelen etc
      """,
    titles: """
      sr sra srta dr dra don doña profesor profesora presidente presidenta ministro ministra primer senador
      senadora gobernador gobernadora alcalde alcaldesa juez jueza secretario secretaria director directora
      general capitán coronel oficial sargento inspector inspectora rey reina príncipe princesa papa obispo
      arzobispo padre san santa portavoz autor autora actor actriz cantante entrenador jefe jefa
      """)
}
