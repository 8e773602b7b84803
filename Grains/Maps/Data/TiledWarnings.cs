using System.Collections.Immutable;

namespace MmoOrleans.Grains.Maps.Data;

/// <summary>Collects what a reader passes over: the first few sentences, of the rest the number.</summary>
internal sealed class TiledWarnings
{
    private readonly List<string> _sentences = [];
    private int _untold;

    public void Add(int line, string sentence) => Add($"line {line}: {sentence}");

    public void Add(string sentence)
    {
        if (_sentences.Count < TiledLimits.MaxWarnings - 1)
            _sentences.Add(sentence);
        else
            _untold++;
    }

    public ImmutableArray<string> ToImmutable() =>
        _untold == 0 ? [.. _sentences] : [.. _sentences, $"and {_untold} warnings more"];
}
