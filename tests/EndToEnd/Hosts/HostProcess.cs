using System.Collections.Concurrent;
using System.Diagnostics;

namespace MmoOrleans.EndToEnd.Hosts;

/// <summary>A silo or gateway as an operator runs it: a process with arguments, standard output, standard error and an exit code.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostProcess(string assembly, params string[] arguments)
    {
        _process = new Process { StartInfo = StartInfo(assembly, arguments), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_log, line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"{Path.GetFileName(assembly)} ended before READY"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The lines of the start report.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The log.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public int ExitCode => _process.ExitCode;

    public async Task<HostProcess> Ready()
    {
        try
        {
            await _ready.Task.WaitAsync(Patience);
            return this;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The host did not get READY.\n{Everything}", exception);
        }
    }

    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>The port at the end of a <c>listen KIND scheme://host:PORT...</c> or <c>listen silo HOST:PORT</c> line.</summary>
    public int PortOf(string kind)
    {
        var line = _output.FirstOrDefault(line => line.StartsWith($"listen {kind} ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No line 'listen {kind}' in:\n{Everything}");
        var text = line.Split(' ')[2];
        return text.Contains("://", StringComparison.Ordinal) ? new Uri(text).Port : int.Parse(text[(text.LastIndexOf(':') + 1)..]);
    }

    /// <summary>Waits for a log line of this event id that has all of these texts.</summary>
    public Task<string> Logged(int eventId, params string[] texts) => Until.Found(
        () => _log.FirstOrDefault(line => line.Contains($"[{eventId}]", StringComparison.Ordinal) && texts.All(text => line.Contains(text, StringComparison.Ordinal))),
        $"log event {eventId} with {string.Join(", ", texts)}", () => Everything);

    /// <summary>SIGTERM, as a supervisor stops a service.</summary>
    public Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
        return Ended();
    }

    /// <summary>SIGKILL: the process has no say.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await Ended();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    private string Everything => string.Join('\n', _output) + "\n--- log\n" + string.Join('\n', _log.TakeLast(80));

    private static ProcessStartInfo StartInfo(string assembly, string[] arguments) => new("dotnet", [assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    };

    private void OnOutput(string? line)
    {
        Keep(_output, line);
        if (line == "READY")
            _ready.TrySetResult();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
