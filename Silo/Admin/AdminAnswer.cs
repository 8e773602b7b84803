namespace MmoOrleans.Silo.Admin;

/// <summary>What became of something an operator asked for.</summary>
internal abstract record AdminAnswer
{
    private AdminAnswer()
    {
    }

    public sealed record Done : AdminAnswer;

    public sealed record Moved(int Maps) : AdminAnswer;

    public sealed record NotFound(string Sentence) : AdminAnswer;

    public sealed record Refused(string Sentence) : AdminAnswer;

    public sealed record Failed(string Sentence) : AdminAnswer;
}
