namespace MmoOrleans.Bots.Past;

/// <summary>A state that the server has acknowledged, and when this process learned of it (Unix milliseconds).</summary>
internal readonly record struct PastState(long TimeMs, string Map, int XCm, int ZCm);
