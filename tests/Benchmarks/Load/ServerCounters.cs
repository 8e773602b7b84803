using System.Diagnostics;
using System.Globalization;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>What a server's own instruments say at one moment, as <c>/metrics</c> tells it: the sum over its processes. Names as Prometheus has them.</summary>
internal sealed class ServerCounters
{
    private readonly List<(string Name, string Labels, double Value)> _lines = [];

    public ServerCounters(IEnumerable<string> pages) => _lines.AddRange(pages.SelectMany(page => page.Split('\n')).Where(line => line.Length > 0 && line[0] != '#').Select(Parse));

    /// <summary>When it was read.</summary>
    public long At { get; } = Stopwatch.GetTimestamp();

    public double RoundsSkipped => Sum("mmo_gateway_rounds_skipped_total");

    public double StepsSkipped => Sum("mmo_maps_step_skipped_total");

    public double FramesSkipped => Sum("mmo_gateway_frames_skipped_total");

    public double Frames => Sum("mmo_gateway_frames_total");

    public double Connections => Sum("mmo_gateway_connections");

    /// <summary>Bytes that wait to be sent, of all clients, and of the one that takes least.</summary>
    public double Waiting => Sum("mmo_gateway_send_waiting_bytes");

    public double MostWaiting => Sum("mmo_gateway_send_waiting_most_bytes");

    /// <summary>Connections that were closed because they did not read.</summary>
    public double SlowReaders => Sum("mmo_gateway_disconnects_total", "code=\"SlowReader\"");

    /// <summary>Frames per connection and second since then.</summary>
    public double FrameRate(ServerCounters since) => (Frames - since.Frames) / Stopwatch.GetElapsedTime(since.At, At).TotalSeconds / Math.Max(1, Math.Max(Connections, since.Connections));

    /// <summary>0 for an instrument that has counted nothing yet: it is not on the page.</summary>
    private double Sum(string name, string label = "") =>
        _lines.Where(line => line.Name == name && line.Labels.Contains(label, StringComparison.Ordinal)).Sum(line => line.Value);

    // NAME{LABELS} VALUE TIME, the labels and the time may be missing; no value of a label of ours has a space in it.
    private static (string, string, double) Parse(string line)
    {
        var nameEnd = line.IndexOfAny(['{', ' ']);
        var labelsEnd = line[nameEnd] == '{' ? line.LastIndexOf('}') + 1 : nameEnd;
        var value = line[labelsEnd..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return (line[..nameEnd], line[nameEnd..labelsEnd], double.Parse(value, CultureInfo.InvariantCulture));
    }
}
