namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>Names that no other test uses.</summary>
internal static class Names
{
    internal static string New() => "n" + Guid.NewGuid().ToString("N")[..12];
}
