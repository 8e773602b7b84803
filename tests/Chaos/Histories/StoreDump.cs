using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;

namespace MmoOrleans.Chaos.Histories;

/// <summary>The accounts and characters that the database holds, read from its tables and not through the server.</summary>
/// <param name="Usernames">As the keys have them: upper case.</param>
/// <param name="CharacterNames">One for each character record, as often as there are records.</param>
public sealed record StoreDump(ImmutableArray<string> Usernames, ImmutableArray<string> CharacterNames)
{
    private const string UserKey = "user:";

    public static async Task<StoreDump> Read(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var users = await Texts(source, $"SELECT GrainKey FROM OrleansStorage WHERE GrainKey LIKE '{UserKey}%' AND PayloadBinary IS NOT NULL");
        var characters = await Texts(source, "SELECT convert_from(PayloadBinary, 'UTF8') FROM OrleansStorage WHERE GrainType = 'character' AND PayloadBinary IS NOT NULL");
        return new StoreDump([.. users.Select(key => key[UserKey.Length..])], [.. characters.Select(NameIn)]);
    }

    private static string NameIn(string record) => JsonDocument.Parse(record).RootElement.GetProperty("data").GetProperty("name").GetString()!;

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
