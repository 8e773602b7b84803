using Npgsql;

namespace MmoOrleans.Databases.Tests;

/// <summary>PostgreSQL, as Debian installs it or on the PATH. It refuses to run as root: then it runs as another user.</summary>
public sealed class PostgresServer : DatabaseServer
{
    private static readonly Lazy<Task<PostgresServer>> OfAll = new(() => StartNew());
    private static int _made;

    private readonly string _programs = Installed(Programs(), "postgresql");

    private readonly string? _alsoAt;

    private PostgresServer(string? alsoAt) => _alsoAt = alsoAt;

    /// <summary>Where the programs are; null: not installed.</summary>
    private static string? Programs() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : OnPath("initdb");

    public static bool IsInstalled => Programs() is not null;

    /// <summary>Skips the test, visibly, where it is not installed.</summary>
    public static void Require() => Installed(Programs(), "postgresql");

    /// <summary>An empty database on the one server that the tests of this process share; its connection string.</summary>
    public static async Task<string> NewDatabase()
    {
        Require();
        return await (await OfAll.Value).Create();
    }

    /// <summary>Ends that one, if any test has asked for it.</summary>
    internal static async ValueTask EndShared()
    {
        if (OfAll.IsValueCreated)
            await (await OfAll.Value).DisposeAsync();
    }

    /// <summary>A server of its own, for tests that stop or freeze it, or need it on another address of this machine as well.</summary>
    public static async Task<PostgresServer> StartNew(string? alsoAt = null)
    {
        var server = new PostgresServer(alsoAt);
        await server.MakeCluster();
        await server.Start();
        return server;
    }

    public override async Task<string> Create()
    {
        var name = $"world{Interlocked.Increment(ref _made)}";
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name, _alsoAt ?? "127.0.0.1");
    }

    public string ConnectionString(string database, string host = "127.0.0.1") => $"Host={host};Port={Port};Database={database};Username=mmo;Password={Password}";

    public override async Task Freeze()
    {
        await Run("kill", "-STOP", Postmaster); // Before the others: from here on it makes none and buries none.
        await Run("kill", ["-STOP", .. Served()]);
    }

    public override Task Thaw() => Run("kill", ["-CONT", .. Served(), Postmaster]);

    // Immediately: there is nothing to keep.
    protected override string StopSignal => "QUIT";

    protected override string[] Command() =>
    [
        .. AsAnother, Path.Combine(_programs, "postgres"), "-D", Path.Combine(Folder, "data"), "-p", $"{Port}",
        "-c", $"listen_addresses=127.0.0.1{(_alsoAt is null ? "" : $",{_alsoAt}")}", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "max_connections=200",
    ];

    protected override async Task<bool> Answers()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string[] AsAnother => Environment.UserName == "root" ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];

    /// <summary>The process that takes connections.</summary>
    private string Postmaster => File.ReadLines(Path.Combine(Folder, "data", "postmaster.pid")).First();

    /// <summary>Those that serve them, and the server's own.</summary>
    private string[] Served() => File.ReadAllText($"/proc/{Postmaster}/task/{Postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task MakeCluster()
    {
        var password = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(password, Password);
        if (AsAnother.Length > 0)
            await Run("chown", "-R", "nobody:nogroup", Folder);
        string[] command = [.. AsAnother, Path.Combine(_programs, "initdb"), "-D", Path.Combine(Folder, "data"), "-U", "mmo", "-A", "scram-sha-256", $"--pwfile={password}", "--locale=C", "--encoding=UTF8", "--no-sync"];
        await Run(command[0], command[1..]);
        if (_alsoAt is not null)
            await File.AppendAllTextAsync(Path.Combine(Folder, "data", "pg_hba.conf"), "host all all samenet scram-sha-256\n");
    }
}
