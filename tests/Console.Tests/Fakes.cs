using System.Text;

namespace MmoOrleans.ConsoleClient.Tests;

/// <summary>Output that a test can wait for.</summary>
public sealed class WatchedOutput : TextWriter
{
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    public string[] Lines
    {
        get
        {
            lock (_text) return _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_text)
        {
            _text.Append(value);
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async Task WaitFor(string text)
    {
        var deadline = Task.Delay(TimeSpan.FromSeconds(20));
        while (true)
        {
            Task grown;
            lock (_text)
            {
                if (_text.ToString().Contains(text)) return;
                grown = _grown.Task;
            }

            Assert.True(await Task.WhenAny(grown, deadline) == grown, $"Nobody printed '{text}'. There was:\n{string.Join('\n', Lines)}");
        }
    }
}
