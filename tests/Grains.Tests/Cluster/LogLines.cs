using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>One line of a log.</summary>
public sealed record LogLine(string Category, LogLevel Level, int Event, string Text, Exception? Error);

/// <summary>Keeps the project's own lines, so that a test can ask what an operator would have read. Orleans' lines from Warning on.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> All => _lines;

    public IEnumerable<LogLine> Of(int eventId) => _lines.Where(line => line.Event == eventId && line.Category.StartsWith("MmoOrleans", StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        private readonly LogLevel _least = category.StartsWith("MmoOrleans", StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level >= _least;

        public void Log<TState>(LogLevel level, EventId eventId, TState state, Exception? error, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(level)) lines.Enqueue(new LogLine(category, level, eventId.Id, formatter(state, error), error));
        }
    }
}
