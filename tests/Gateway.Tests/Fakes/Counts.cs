using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>What the instruments of one host have counted, and what its gauges say when they are read.</summary>
public sealed class Counts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly ConcurrentDictionary<string, double> _gauges = new();
    private readonly ConcurrentBag<string> _instruments = [];

    /// <param name="meters">Of the host: meters of others in this process are not listened to.</param>
    public Counts(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                Listen(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The names of all instruments.</summary>
    public IReadOnlyCollection<string> Instruments => _instruments;

    /// <summary>A counter's sum, or what a gauge says now; of a tagged one under NAME:TAG as well.</summary>
    public double this[string name]
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _gauges.TryGetValue(name, out var now) ? now : _sums.GetValueOrDefault(name);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Listen(Instrument instrument)
    {
        _instruments.Add(instrument.Name);
        _listener.EnableMeasurementEvents(instrument);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.IsObservable)
        {
            _gauges[instrument.Name] = value;
            return;
        }
        _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
        if (!tags.IsEmpty)
            _sums.AddOrUpdate($"{instrument.Name}:{tags[0].Value}", value, (_, sum) => sum + value);
    }
}
