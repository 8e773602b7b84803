using MmoOrleans.Chaos.Histories;
using MmoOrleans.Databases.Tests;
using Npgsql;

namespace MmoOrleans.Chaos.Stores;

internal sealed class PostgresStore : Store
{
    public override string Name => "postgres";

    public override void Require() => PostgresServer.Require();

    public override Task<string> NewDatabase() => PostgresServer.NewDatabase();

    public override async Task<DatabaseServer> StartNew(string? alsoAt) => await PostgresServer.StartNew(alsoAt);

    public override async Task<StoreDump> Read(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        return StoreDump.Of(
            await Texts(source, $"SELECT GrainKey FROM OrleansStorage WHERE GrainKey LIKE '{StoreDump.UserKey}%' AND PayloadBinary IS NOT NULL"),
            await Texts(source, "SELECT convert_from(PayloadBinary, 'UTF8') FROM OrleansStorage WHERE GrainType = 'account' AND PayloadBinary IS NOT NULL"));
    }

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
