using System.Net.Sockets;

namespace MmoOrleans.Databases.Tests;

/// <summary>Redis, wherever it is on the PATH.</summary>
public sealed class RedisServer : DatabaseServer
{
    private const int Databases = 512;
    private static readonly Lazy<Task<RedisServer>> OfAll = new(() => StartNew());
    private static int _made;

    private readonly string _programs = Installed(OnPath("redis-server"), "redis-server");

    private readonly string? _alsoAt;

    private RedisServer(string? alsoAt) => _alsoAt = alsoAt;

    public static bool IsInstalled => OnPath("redis-server") is not null;

    /// <summary>Skips the test, visibly, where it is not installed.</summary>
    public static void Require() => Installed(OnPath("redis-server"), "redis-server");

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
    public static async Task<RedisServer> StartNew(string? alsoAt = null)
    {
        var server = new RedisServer(alsoAt);
        await server.Start();
        return server;
    }

    public override Task<string> Create() =>
        Task.FromResult($"{_alsoAt ?? "127.0.0.1"}:{Port},password={Password},defaultDatabase={Interlocked.Increment(ref _made)}");

    public override Task Freeze() => Run("kill", "-STOP", Pid);

    public override Task Thaw() => Run("kill", "-CONT", Pid);

    // As a crash: what it has answered is in its file by then.
    protected override string StopSignal => "KILL";

    protected override string[] Command() =>
    [
        Path.Combine(_programs, "redis-server"), "--bind", "127.0.0.1", .. _alsoAt is null ? (string[])[] : [_alsoAt], "--port", $"{Port}", "--dir", Folder, "--pidfile", PidFile,
        "--databases", $"{Databases}", "--requirepass", Password, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
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

    private string PidFile => Path.Combine(Folder, "redis.pid");

    private string Pid => File.ReadAllText(PidFile).Trim();
}
