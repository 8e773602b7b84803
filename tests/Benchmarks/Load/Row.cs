using System.Globalization;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>One measured line of a table: named figures in order, and why it does not count, if it does not.</summary>
internal sealed class Row
{
    private readonly List<(string Name, double Value, int Digits)> _figures = [];
    private readonly List<string> _voids = [];

    public IEnumerable<string> Names => _figures.Select(one => one.Name);

    /// <summary>Reasons; none: the row counts.</summary>
    public IReadOnlyList<string> Voids => _voids;

    public double this[string name] => _figures.Single(one => one.Name == name).Value;

    /// <summary>The median of each figure over repetitions of the same measurement. One that does not count spoils the row: its reasons are kept.</summary>
    public static Row Median(IReadOnlyList<Row> repetitions)
    {
        var median = new Row();
        foreach (var (name, _, digits) in repetitions[0]._figures) median.Add(name, Median([.. repetitions.Select(one => one[name])]), digits);
        median._voids.AddRange(repetitions.SelectMany(one => one._voids).Distinct());
        return median;
    }

    public Row Add(string name, double value, int digits = 0)
    {
        _figures.Add((name, value, digits));
        return this;
    }

    public Row VoidIf(bool isVoid, string reason)
    {
        if (isVoid) _voids.Add(reason);
        return this;
    }

    public IEnumerable<string> Cells => _figures.Select(one => double.IsNaN(one.Value) ? "" : one.Value.ToString($"N{one.Digits}", CultureInfo.InvariantCulture));

    public Dictionary<string, object?> ToJson()
    {
        var json = _figures.ToDictionary(one => one.Name, one => double.IsNaN(one.Value) ? null : (object?)Math.Round(one.Value, one.Digits + 2));
        json["void"] = _voids;
        return json;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
