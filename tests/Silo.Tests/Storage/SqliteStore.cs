using System.Text;
using Microsoft.Data.Sqlite;
using MmoOrleans.Silo.Storage;
using MmoOrleans.Silo.Storage.Sqlite;

namespace MmoOrleans.Silo.Tests.Storage;

public sealed class SqliteStore : Store
{
    private readonly TemporaryFolder _folder = new();

    internal string File => Path.Combine(_folder.Path, "data", "mmo.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    internal SqliteConnection Connect()
    {
        var connection = new SqliteConnection(SqliteHosting.ConnectionString(File));
        connection.Open();
        return connection;
    }

    internal override Task<string?> Row(string key)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT PayloadBinary FROM OrleansStorage WHERE GrainKey = @key";
        command.Parameters.AddWithValue("@key", key);
        return Task.FromResult(command.ExecuteScalar() is byte[] row ? Encoding.UTF8.GetString(row) : null);
    }

    internal override Task Remove(string key)
    {
        using var connection = Connect();
        connection.Execute("DELETE FROM OrleansStorage WHERE GrainKey = @key", ("@key", key));
        return Task.CompletedTask;
    }

    internal override Task<StorageSettings> Make() => Task.FromResult(new StorageSettings { Path = File });
}
