namespace MmoOrleans.Gateway.Configuration;

/// <summary>A value that somebody gave, and where.</summary>
internal sealed record GivenValue(object Value, ValueOrigin Origin);
