using System.Globalization;

namespace MmoOrleans.Benchmarks;

/// <summary>Switches and their values. One that is wrong throws <see cref="UsageException"/>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _given = [];

    public Arguments(IReadOnlyList<string> arguments)
    {
        for (var at = 0; at < arguments.Count; at += 2)
        {
            if (!arguments[at].StartsWith("--", StringComparison.Ordinal) || at + 1 == arguments.Count) throw new UsageException($"{arguments[at]}: expected --switch VALUE.");
            _given[arguments[at]] = arguments[at + 1];
        }
    }

    public string? Text(string name) => _given.GetValueOrDefault(name);

    public string[] List(string name, params string[] missing) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? missing;

    public int Whole(string name, int missing) => (int)Number(name, missing);

    public double Number(string name, double missing)
    {
        if (Text(name) is not { } text) return missing;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new UsageException($"{name} {text}: expected a number from 0.");
    }

    /// <summary>A misspelt switch must not be a run with the default.</summary>
    public void Allow(params string[] names)
    {
        foreach (var name in _given.Keys.Except(names)) throw new UsageException($"{name} is no switch here.");
    }
}

/// <summary>The command line cannot be understood.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);
