using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MmoOrleans.Databases.Tests;

/// <summary>
/// A real database server of this test run alone: on a free port of 127.0.0.1, its data in a temporary folder. It ends with the
/// tests, also when those are killed: a shell stands between that ends it when its own input ends.
/// </summary>
public abstract class DatabaseServer : IAsyncDisposable
{
    /// <summary>With this variable set to `required` a missing server is a failure: for machines that have to run these tests.</summary>
    private const string Demand = "DATABASE_TESTS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("mmo-database-").FullName;

    public int Port { get; } = FreePort();

    public static string Password => "open-sesame-81";

    /// <summary>Starts it, again after a stop: on the same data and port.</summary>
    public async Task Start()
    {
        _process = Launch(Command());
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Between);
        while (!await Answers())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Waited for {GetType().Name} on port {Port}. It said:\n{string.Join('\n', _log)}");
            await timer.WaitForNextTickAsync();
        }
    }

    public async Task Stop()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty database on it; its connection string.</summary>
    public abstract Task<string> Create();

    /// <summary>It takes connections and answers nobody, until <see cref="Thaw"/>: as if its disk hung.</summary>
    public abstract Task Freeze();

    public abstract Task Thaw();

    protected abstract string StopSignal { get; }

    protected abstract string[] Command();

    protected abstract Task<bool> Answers();

    /// <summary>Skips the test, visibly, where the server is not installed.</summary>
    protected static string Installed(string? found, string package)
    {
        if (found is null && Environment.GetEnvironmentVariable(Demand) == "required")
            Assert.Fail($"{package} is not installed, and {Demand} says that it has to be.");
        Assert.SkipWhen(found is null, $"{package} is not installed here: apt-get install {package}, and these tests run.");
        return found!;
    }

    protected static string? OnPath(string program) => OperatingSystem.IsWindows()
        ? null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').FirstOrDefault(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end.</summary>
    protected static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
    }

    private Process Launch(string[] command)
    {
        // One that a test has frozen hears its end when it goes on. What still serves then PostgreSQL kills after 5 s.
        var script = $"\"$@\" </dev/null & child=$!; cat >/dev/null; kill -{StopSignal} $child; kill -CONT $child; wait $child";
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. command])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            },
        };
        process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>A port that stays free while nobody listens: below those that outgoing connections get.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it: another one.
            }
        }
    }
}
