using System.Diagnostics.CodeAnalysis;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A log that throws at the events it is told to.</summary>
public sealed class FailingLog : ILoggerProvider, ILogger
{
    /// <summary>The id of the event that cannot be logged; 0: all can.</summary>
    public int FailsAt { get; set; }

    /// <summary>The ids of the events that were logged.</summary>
    public List<int> Events { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    [SuppressMessage("Usage", "CA2201", Justification = "A log may throw anything.")]
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (FailsAt != 0 && eventId.Id == FailsAt)
            throw new IOException($"Event {eventId.Id} cannot be logged.");
        lock (Events)
            Events.Add(eventId.Id);
    }

    /// <summary>Waits until an event is logged, which may be on another thread and after its effects.</summary>
    public async Task Logged(int id)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!Has(id))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10), $"Waited 10 s for event {id} to be logged.");
            await Task.Delay(1);
        }
    }

    public void Dispose()
    {
    }

    private bool Has(int id)
    {
        lock (Events)
            return Events.Contains(id);
    }
}
