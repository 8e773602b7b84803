using System.Collections.Concurrent;
using System.Diagnostics;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>One of our programs as somebody runs it: a process with arguments, standard input, output, error and an exit code.</summary>
public abstract class ChildProcess : IAsyncDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _log = new();
    private bool _isDisposed;

    protected ChildProcess(string assembly, string[] arguments, params (string Name, string Value)[] variables)
        : this(Site.Here, assembly, arguments, variables)
    {
    }

    protected ChildProcess(Site site, string assembly, string[] arguments, params (string Name, string Value)[] variables)
    {
        Process = new Process { StartInfo = StartInfo([.. site.Command, "dotnet", assembly, .. arguments]), EnableRaisingEvents = true };
        foreach (var (name, value) in variables)
            Process.StartInfo.Environment[name] = value;
        Process.OutputDataReceived += (_, line) => Keep(_output, line.Data, OnOutput);
        Process.ErrorDataReceived += (_, line) => Keep(_log, line.Data, _ => { });
        Process.Exited += (_, _) => OnExit();
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    /// <summary>Standard output so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Standard error so far: a host's log.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public bool HasEnded => Process.HasExited;

    protected Process Process { get; }

    protected string Everything => string.Join('\n', _output) + "\n--- log\n" + string.Join('\n', _log.Count > 80 ? _log.Take(40).Append("...").Concat(_log.TakeLast(40)) : _log);

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> Ended()
    {
        await Process.WaitForExitAsync().WaitAsync(Patience);
        return Process.ExitCode;
    }

    /// <summary>SIGKILL: the process has no say.</summary>
    public async Task Kill()
    {
        Process.Kill();
        await Ended();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!Process.HasExited)
            await Kill();
        Process.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual void OnOutput(string line)
    {
    }

    protected virtual void OnExit()
    {
    }

    private static ProcessStartInfo StartInfo(string[] command) => new(command[0], command[1..])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    };

    private static void Keep(ConcurrentQueue<string> lines, string? line, Action<string> then)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        then(line);
    }
}
