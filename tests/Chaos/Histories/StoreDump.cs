using System.Collections.Immutable;
using System.Text.Json;

namespace MmoOrleans.Chaos.Histories;

/// <summary>The accounts and characters that the database holds, read from its rows and not through the server.</summary>
/// <param name="Usernames">As the keys have them: upper case.</param>
/// <param name="CharacterNames">Of all accounts' characters: one that belongs to two is here twice.</param>
public sealed record StoreDump(ImmutableArray<string> Usernames, ImmutableArray<string> CharacterNames)
{
    /// <summary>What the key of each username begins with.</summary>
    public const string UserKey = "user:";

    /// <param name="users">The keys of the usernames that are taken.</param>
    /// <param name="accounts">The accounts' rows, which are the same on every database.</param>
    public static StoreDump Of(IEnumerable<string> users, IEnumerable<string> accounts) =>
        new([.. users.Select(key => key[UserKey.Length..])], [.. accounts.SelectMany(NamesIn)]);

    private static IEnumerable<string> NamesIn(string account) =>
        JsonDocument.Parse(account).RootElement.GetProperty("data").GetProperty("characters").EnumerateArray().Select(character => character.GetProperty("name").GetString()!);
}
