using System.Diagnostics.Metrics;
using MmoOrleans.Grains.Maps.Calls;

namespace MmoOrleans.Grains.Maps;

/// <summary>What the maps of a silo count, on the meter <c>MmoOrleans.Maps</c>.</summary>
public sealed class MapMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MmoOrleans.Maps";

    private static readonly InstrumentAdvice<double> Milliseconds = new() { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 35, 50, 100, 200, 500, 1000] };

    public MapMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        StepDuration = meter.CreateHistogram("mmo.maps.step.duration", "ms", "Time that the steps due at once took, frames included.", advice: Milliseconds);
        SkippedSteps = meter.CreateCounter<long>("mmo.maps.step.skipped", "{step}", "Steps never made because the map was too late.");
        SavesWaiting = meter.CreateUpDownCounter<int>("mmo.maps.saves.waiting", "{character}", "Characters whose last image their grain has not stored yet.");
        Frames = meter.CreateCounter<long>("mmo.maps.frames", "{frame}", "Frames sent to gateways.");
        Entries = meter.CreateCounter<long>("mmo.maps.entries", "{character}", "Characters that have entered a map.");
        Refusals = meter.CreateCounter<long>("mmo.maps.entry.refusals", "{entry}", "Entries that were refused.");
        Warps = meter.CreateCounter<long>("mmo.maps.warps", "{warp}", "Answers to orders to warp to other maps, those asked again included.");
        SystemFaults = meter.CreateCounter<long>("mmo.maps.system.faults", "{exception}", "Exceptions of map systems.");
        Checkpoints = meter.CreateCounter<long>("mmo.maps.checkpoints", "{checkpoint}", "Checkpoints that were answered.");
        meter.CreateObservableGauge("mmo.maps.calls.waiting", () => CallsUnderWay.Count, "{call}", "Calls of maps to others that are not answered yet.");
        LinesSaid = meter.CreateCounter<long>("mmo.maps.chat.lines", "{line}", "Lines that players said and somebody heard.");
    }

    /// <summary>The outboxes of all maps together.</summary>
    internal CallCount CallsUnderWay { get; } = new();

    internal Histogram<double> StepDuration { get; }

    internal Counter<long> SkippedSteps { get; }

    internal UpDownCounter<int> SavesWaiting { get; }

    internal Counter<long> Frames { get; }

    internal Counter<long> Entries { get; }

    internal Counter<long> Refusals { get; }

    internal Counter<long> Warps { get; }

    internal Counter<long> SystemFaults { get; }

    internal Counter<long> Checkpoints { get; }

    internal Counter<long> LinesSaid { get; }
}
