import BitextCore
import Testing

private let cases = [
  SentenceCase("El tren salió. |Nadie saludó.", "un punto ante mayúscula"),
  SentenceCase("¿Quién llama? |¡Nadie! |Bien.", "los signos invertidos abren"),
  SentenceCase("¿Vienes?|¡Claro!", "un espacio olvidado"),
  SentenceCase("Llegó tarde... |Entonces se apagó la luz.", "puntos suspensivos ante mayúscula"),
  SentenceCase("Podríamos... bueno, probar otra vez.", "puntos suspensivos ante minúscula"),
  SentenceCase("¡¿Qué has hecho?! |No lo sé.", "signos combinados"),
  SentenceCase("El Sr. Ortiz y la Dra. Vega hablaron. |Luego salieron.", "tratamientos"),
  SentenceCase("Excmo. Sr. D. Juan Ruiz, presente.", "tratamientos seguidos"),
  SentenceCase("Véase la pág. 12 y el art. 5. |Después, el anexo.", "abreviaturas ante número"),
  SentenceCase("Consulte el vol. II de la obra.", "un número romano"),
  SentenceCase("El n.º 7 ganó. |El 8 perdió.", "la letra volada sigue al punto"),
  SentenceCase("Fue el 1.º de mayo. |Hacía sol.", "un ordinal"),
  SentenceCase("Dijo que no. |Nos fuimos.", "no es abreviatura ante palabra"),
  SentenceCase("Vive en EE. UU. desde 1990.", "abreviatura doble con espacio"),
  SentenceCase("Vive en EE. UU. |Le gusta mucho.", "abreviatura doble al final"),
  SentenceCase("Los JJ. OO. de Sídney fueron un éxito.", "otra abreviatura doble"),
  SentenceCase("Murió en 44 a. C. en Roma.", "era con espacio"),
  SentenceCase("El templo es del 300 a. C. |Fue hallado en 1920.", "era al final"),
  SentenceCase("El templo es del 300 a.C. |La ciudad es posterior.", "era sin espacio al final"),
  SentenceCase("Trabaja en Acme S.A. |El sueldo es bueno.", "S.A. ante artículo"),
  SentenceCase("Acme S.A. Comercial cerró.", "S.A. ante nombre"),
  SentenceCase("Venden papel, tinta, etc. |Los precios varían.", "etc. ante mayúscula"),
  SentenceCase("Traiga papel, tinta, etc. y una regla.", "etc. ante minúscula"),
  SentenceCase("Quedamos a las 9 a.m. |Comimos a las dos.", "a.m. al final"),
  SentenceCase("Abre el lun. 5 de ene. a las nueve.", "día y mes abreviados"),
  SentenceCase("J. L. Borges lo escribió. |M. Vargas lo leyó.", "iniciales"),
  SentenceCase("Cuesta 3.500,75 euros. |Es caro.", "separador de millares"),
  SentenceCase("Escriba a ana.ruiz@ejemplo.es. |Responderá.", "correo electrónico"),
  SentenceCase("Vea www.ejemplo.es/a.b. |Es gratis.", "dirección de la red"),
  SentenceCase("«Pasa.» |La puerta se abrió.", "las comillas de cierre van a la izquierda"),
  SentenceCase("«¿Es tarde?», preguntó Ana. |Nadie respondió.", "coma tras la cita"),
  SentenceCase("—¿Es tarde? —preguntó Ana—. |No lo sé.", "raya de diálogo ante verbo"),
  SentenceCase("—¡Vámonos! —dijo él.", "raya ante verbo de decir"),
  SentenceCase("—Ya voy. |—Date prisa.", "raya ante mayúscula abre otra intervención"),
  SentenceCase("Salió (era tarde.) y durmió.", "paréntesis dentro de la oración"),
  SentenceCase("Salió. |(Era tarde.) |Ella se quedó.", "paréntesis independiente"),
  SentenceCase("Subieron los precios.[3] |Los salarios no.", "llamada de nota"),
  SentenceCase("1. Lávelo |2. Córtelo |3. Cuézalo", "lista numerada"),
  SentenceCase("a) el plan |b) el coste |c) el riesgo", "lista con letras"),
  SentenceCase("Compre: 1.Pan, 2.Leche, 3.Sal. |¿Cuánto es?", "números pegados tras coma"),
  SentenceCase("Se consagró ¡campeón del mundo! |Lo celebró.", "exclamación dentro de la oración"),
  SentenceCase("Vive en la Avda. |¿Sabes dónde?", "los signos invertidos siempre abren"),
  SentenceCase("Felipe II reinó. |Le sucedió su hijo.", "romano sin punto"),
  SentenceCase("El párr. 4 dice: «Queda prohibido.» |Así consta.", "cita tras dos puntos"),
  SentenceCase("Mide 5 m. |La mesa mide 2 m.", "unidad al final"),
]

@Suite struct `Spanish sentences` {
  @Test(arguments: cases)
  func `end where a reader would end them`(_ example: SentenceCase) {
    #expect(contents(example.text, "es") == example.sentences)
  }
}
