namespace MmoOrleans.ConsoleClient.Output;

/// <summary>
/// Everything that is printed goes through here, a whole line at a time whoever prints it. Event and item lines are remembered
/// for <c>expect</c>, from behind the line that the last one matched.
/// </summary>
public sealed class Transcript(TextWriter output, TimeProvider time)
{
    /// <summary>A script that never expects forgets its oldest lines beyond this many.</summary>
    private const int MostRemembered = 10_000;

    private readonly object _gate = new();
    private readonly LinkedList<string> _remembered = new();
    private TaskCompletionSource _printed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Item(OutputLine line) => PrintAndRemember(line.ToString());

    public void Event(OutputLine line) => PrintAndRemember(line.ToString());

    public void Ok(OutputLine line) => Print(line.ToString());

    public void Error(string command, string code, string sentence) => Print($"error {command} {code} {OneLine(sentence)}".TrimEnd());

    /// <summary>Plain words for people: help and the prompt's surroundings.</summary>
    public void Print(string line)
    {
        lock (_gate) Write(line);
    }

    /// <summary>Says that a line may be typed.</summary>
    public void Prompt()
    {
        lock (_gate)
        {
            output.Write("> ");
            output.Flush();
        }
    }

    /// <summary>The first remembered line with this text in it, waiting for it if need be; null when the time is over.</summary>
    public async Task<string?> Expect(string text, TimeSpan timeout)
    {
        using var over = new CancellationTokenSource(timeout, time);
        while (true)
        {
            Task printed;
            lock (_gate)
            {
                if (Take(text) is { } line) return line;
                printed = _printed.Task;
            }

            if (over.IsCancellationRequested) return null;
            await Task.WhenAny(printed, Task.Delay(Timeout.InfiniteTimeSpan, time, over.Token));
        }
    }

    private void PrintAndRemember(string line)
    {
        lock (_gate)
        {
            Write(line);
            _remembered.AddLast(line);
            if (_remembered.Count > MostRemembered) _remembered.RemoveFirst();
            _printed.TrySetResult();
            _printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string? Take(string text)
    {
        var found = _remembered.First;
        while (found is not null && !found.Value.Contains(text, StringComparison.Ordinal)) found = found.Next;
        if (found is null) return null;
        while (_remembered.First != found) _remembered.RemoveFirst();
        _remembered.RemoveFirst();
        return found.Value;
    }

    private void Write(string line)
    {
        output.Write(line + "\n");
        output.Flush();
    }

    private static string OneLine(string sentence) => sentence.ReplaceLineEndings(" ").Trim();
}
