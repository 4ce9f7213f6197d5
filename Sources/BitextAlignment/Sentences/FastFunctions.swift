/// Logarithms and powers for the inner loops, four at a time where that helps.
///
/// Plain arithmetic only, so that the results are the same on every machine.

/// The natural logarithm of a positive, finite number, to about six digits.
///
/// The exponent is read from the bits; a polynomial covers the mantissa.
@inline(__always)
func fastLog(_ x: Float) -> Float {
  fastLog(SIMD4(repeating: x))[0]
}

/// The natural logarithms of four positive, finite numbers, to about six digits.
@inline(__always)
func fastLog(_ x: SIMD4<Float>) -> SIMD4<Float> {
  // The mantissa is taken from √½ to √2, so that it is close to 1.
  // Safe: both types are sixteen bytes without padding, and every pattern is a value of both.
  let bits = unsafe unsafeBitCast(x, to: SIMD4<UInt32>.self) &- SIMD4(repeating: 0x3F35_04F3)
  let mantissaBits =
    (bits & SIMD4(repeating: 0x007F_FFFF)) &+ SIMD4(repeating: 0x3F35_04F3)
  let signedBits = SIMD4<Int32>(truncatingIfNeeded: bits)
  // An integer added to the bits of 1.5 · 2²³ is a number that is so much larger.
  let exponentBits = SIMD4<UInt32>(
    truncatingIfNeeded: (signedBits &>> SIMD4(repeating: 23)) &+ SIMD4(repeating: 0x4B40_0000))
  let mantissa = unsafe unsafeBitCast(mantissaBits, to: SIMD4<Float>.self)
  let exponent =
    unsafe unsafeBitCast(exponentBits, to: SIMD4<Float>.self) - SIMD4(repeating: 12_582_912)
  // log(m) = 2 artanh(z) with z = (m - 1) / (m + 1), |z| < 0.172.
  let one = SIMD4<Float>(repeating: 1)
  let z = (mantissa - one) / (mantissa + one)
  let square = z * z
  var series = SIMD4<Float>(repeating: 0.285_714) * square + SIMD4(repeating: 0.4)
  series = series * square + SIMD4(repeating: 0.666_666_6)
  series = series * square + SIMD4(repeating: 2)
  return exponent * SIMD4(repeating: 0.693_147_2) + z * series
}

/// e to the power of a number in `-700...0`, to about eleven digits.
///
/// The power of two goes into the exponent's bits; a polynomial covers the rest.
@inline(__always)
func fastExp(_ x: Double) -> Double {
  let scaled = x * 1.442_695_040_888_963_4
  let whole = scaled.rounded(.toNearestOrEven)
  let rest = (scaled - whole) * 0.693_147_180_559_945_3  // |rest| <= 0.347
  var series = 1.0 / 3_628_800
  series = series * rest + 1.0 / 362_880
  series = series * rest + 1.0 / 40_320
  series = series * rest + 1.0 / 5040
  series = series * rest + 1.0 / 720
  series = series * rest + 1.0 / 120
  series = series * rest + 1.0 / 24
  series = series * rest + 1.0 / 6
  series = series * rest + 0.5
  series = series * rest + 1
  series = series * rest + 1
  return series * Double(bitPattern: UInt64(bitPattern: Int64(whole) &+ 1023) << 52)
}
