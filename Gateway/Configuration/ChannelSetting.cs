namespace MmoOrleans.Gateway.Configuration;

/// <summary>One channel that players choose from.</summary>
/// <param name="Id">Its key: letters, digits, `_`, `.` and `-`, 1 to 64 of them.</param>
/// <param name="Title">What players read.</param>
/// <param name="MaxConnections">Players in it at once.</param>
public sealed record ChannelSetting(string Id, string Title, int MaxConnections);
