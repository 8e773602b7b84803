namespace MmoOrleans.Gateway.Configuration;

/// <summary>Talking: a burst of lines, then one per interval.</summary>
public sealed record ChatSettings(int Burst, TimeSpan Interval);
