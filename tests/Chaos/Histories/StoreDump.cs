using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;

namespace MmoOrleans.Chaos.Histories;

/// <summary>The accounts and characters that the database holds, read from its tables and not through the server.</summary>
/// <param name="Usernames">As the keys have them: upper case.</param>
/// <param name="CharacterNames">Of all accounts' characters: one that belongs to two is here twice.</param>
public sealed record StoreDump(ImmutableArray<string> Usernames, ImmutableArray<string> CharacterNames)
{
    private const string UserKey = "user:";

    public static async Task<StoreDump> Read(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var users = await Texts(source, $"SELECT GrainKey FROM OrleansStorage WHERE GrainKey LIKE '{UserKey}%' AND PayloadBinary IS NOT NULL");
        var accounts = await Texts(source, "SELECT convert_from(PayloadBinary, 'UTF8') FROM OrleansStorage WHERE GrainType = 'account' AND PayloadBinary IS NOT NULL");
        return new StoreDump([.. users.Select(key => key[UserKey.Length..])], [.. accounts.SelectMany(NamesIn)]);
    }

    private static IEnumerable<string> NamesIn(string account) =>
        JsonDocument.Parse(account).RootElement.GetProperty("data").GetProperty("characters").EnumerateArray().Select(character => character.GetProperty("name").GetString()!);

    private static async Task<List<string>> Texts(NpgsqlDataSource source, string query)
    {
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync())
            texts.Add(reader.GetString(0));
        return texts;
    }
}
