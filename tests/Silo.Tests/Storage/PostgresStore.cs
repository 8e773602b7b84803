using System.Text;
using MmoOrleans.Databases.Tests;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Silo.Storage;
using Npgsql;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class PostgresStore : Store
{
    private NpgsqlDataSource? _source;

    private NpgsqlDataSource Source => _source ??= NpgsqlDataSource.Create(Settings.Database.ConnectionString);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_source is not null) await _source.DisposeAsync();
    }

    internal override bool IsInstalled => PostgresServer.IsInstalled;

    internal override void Require() => PostgresServer.Require();

    internal override async Task<string?> Row(string key)
    {
        await using var command = Source.CreateCommand("SELECT PayloadBinary FROM OrleansStorage WHERE GrainKey = $1");
        command.Parameters.AddWithValue(key);
        return await command.ExecuteScalarAsync() is byte[] row ? Encoding.UTF8.GetString(row) : null;
    }

    internal override async Task Remove(string key)
    {
        await using var command = Source.CreateCommand("DELETE FROM OrleansStorage WHERE GrainKey = $1");
        command.Parameters.AddWithValue(key);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    internal override async Task<StorageSettings> Make() =>
        new() { Database = new DatabaseSettings(DatabaseKind.Postgres, await PostgresServer.NewDatabase(), TimeSpan.FromSeconds(10)) };
}
