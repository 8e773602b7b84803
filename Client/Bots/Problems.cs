namespace MmoOrleans.Bots;

/// <summary>What went wrong, counted; the first few different sentences are kept for the report. Any thread may tell it.</summary>
internal sealed class Problems
{
    /// <summary>Thousands of bots fail alike: more different sentences than this add nothing.</summary>
    private const int MostSentences = 10;

    private readonly Lock _gate = new();
    private readonly List<string> _sentences = [];
    private int _errors;
    private int _dropped;

    public int Errors => Volatile.Read(ref _errors);

    public int Dropped => Volatile.Read(ref _dropped);

    public IReadOnlyList<string> Sentences
    {
        get
        {
            lock (_gate) return [.. _sentences];
        }
    }

    /// <summary>Something was refused that should not have been, or nobody answered.</summary>
    public void Error(string sentence)
    {
        Interlocked.Increment(ref _errors);
        Keep(sentence);
    }

    /// <summary>The server or the network ended a connection.</summary>
    public void Drop(string sentence)
    {
        Interlocked.Increment(ref _dropped);
        Keep(sentence);
    }

    private void Keep(string sentence)
    {
        lock (_gate)
        {
            if (_sentences.Count < MostSentences && !_sentences.Contains(sentence)) _sentences.Add(sentence);
        }
    }
}
