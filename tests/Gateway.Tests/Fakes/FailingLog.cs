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

    public void Dispose()
    {
    }
}
