using System.Net.Sockets;

namespace MmoOrleans.Databases.Tests;

/// <summary>Redis, wherever it is on the PATH.</summary>
public sealed class RedisServer : DatabaseServer
{
    private const int Databases = 512;
    private static readonly Lazy<Task<RedisServer>> OfAll = new(StartNew);
    private static int _made;

    private readonly string _programs = Installed(OnPath("redis-server"), "redis-server");

    private RedisServer()
    {
    }

    public static bool IsInstalled => OnPath("redis-server") is not null;

    /// <summary>Skips the test, visibly, where it is not installed.</summary>
    public static void Require() => Installed(OnPath("redis-server"), "redis-server");

    /// <summary>An empty database on the one server that the tests of this process share; its connection string.</summary>
    public static async Task<string> NewDatabase()
    {
        Require();
        return (await OfAll.Value).ConnectionString(Interlocked.Increment(ref _made));
    }

    /// <summary>Ends that one, if any test has asked for it.</summary>
    internal static async ValueTask EndShared()
    {
        if (OfAll.IsValueCreated)
            await (await OfAll.Value).DisposeAsync();
    }

    /// <summary>A server of its own, for tests that stop it.</summary>
    public static async Task<RedisServer> StartNew()
    {
        var server = new RedisServer();
        await server.Start();
        return server;
    }

    public string ConnectionString(int database) => $"127.0.0.1:{Port},password={Password},defaultDatabase={database}";

    protected override string StopSignal => "TERM";

    protected override string[] Command() =>
    [
        Path.Combine(_programs, "redis-server"), "--bind", "127.0.0.1", "--port", $"{Port}", "--dir", Folder,
        "--databases", $"{Databases}", "--requirepass", Password, "--appendonly", "yes", "--save", "",
    ];

    protected override async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
