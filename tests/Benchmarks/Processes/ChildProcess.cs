using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace MmoOrleans.Benchmarks.Processes;

/// <summary>
/// A program as an operator runs it: its lines, its end, and what it costs. One that generates load is pinned to a processor and goes
/// before others there, where the system lets it: on a machine of its own it would not wait for the server either.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>Of the system's 20 steps above the ordinary. Without the right to it `nice` says so and runs the program all the same.</summary>
    private const string Priority = "-10";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<(string Start, TaskCompletionSource<string> Found)> _awaited = new();

    public ChildProcess(string assembly, int? core, params string[] arguments)
    {
        Name = Path.GetFileNameWithoutExtension(assembly);
        _process = new Process { StartInfo = StartInfo(assembly, core, arguments), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => FailAll();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Id => _process.Id;

    /// <summary>User and system time since the start, from the operating system.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The first line, so far or from now on, that starts so. Fails when the process ends without it.</summary>
    public Task<string> Line(string start)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Enqueue((start, found));
        foreach (var line in _lines) Tell(line);
        if (_process.HasExited) FailAll();
        return found.Task;
    }

    /// <summary>Waits for its end and answers the exit code.</summary>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGTERM, as a supervisor stops a service.</summary>
    public async Task Stop()
    {
        if (_process.HasExited) return;
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StopPatience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>Its last lines, for a message about what went wrong.</summary>
    public override string ToString() => $"{Name} said:\n{string.Join('\n', _lines.TakeLast(20))}";

    private static ProcessStartInfo StartInfo(string assembly, int? core, string[] arguments)
    {
        string[] dotnet = ["dotnet", assembly, .. arguments];
        string[] all = core is { } pinned ? ["nice", "-n", Priority, "taskset", "-c", pinned.ToString(CultureInfo.InvariantCulture), .. dotnet] : dotnet;
        // With an input of its own a floor notices the end of its parent.
        return new ProcessStartInfo(all[0], all[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        Tell(line);
    }

    private void Tell(string line)
    {
        foreach (var (start, found) in _awaited)
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) found.TrySetResult(line);
        }
    }

    private void FailAll()
    {
        foreach (var (start, found) in _awaited) found.TrySetException(new InvalidOperationException($"{Name} ended without a line \"{start}\". {this}"));
    }
}
