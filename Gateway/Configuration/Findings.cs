namespace MmoOrleans.Gateway.Configuration;

/// <summary>What reading has to say. Reading goes on after a refusal, so that one start shows all there is to mend.</summary>
internal sealed class Findings
{
    private readonly List<string> _warnings = [];
    private readonly List<string> _refusals = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public bool IsRefused => _refusals.Count > 0;

    public string Refusal => string.Join(Environment.NewLine, _refusals);

    public void Warn(string sentence) => AddOnce(_warnings, sentence);

    public void Refuse(string sentence) => AddOnce(_refusals, sentence);

    private static void AddOnce(List<string> sentences, string sentence)
    {
        if (!sentences.Contains(sentence))
            sentences.Add(sentence);
    }
}
