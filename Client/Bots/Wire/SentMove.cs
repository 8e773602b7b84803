namespace MmoOrleans.Bots.Wire;

/// <summary>A move as it went out: its number in the visit and the position it claims, in centimetres.</summary>
internal readonly record struct SentMove(uint Input, int XCm, int ZCm);
