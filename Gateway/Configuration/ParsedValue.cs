namespace MmoOrleans.Gateway.Configuration;

/// <summary>The outcome of reading one value.</summary>
internal abstract record ParsedValue
{
    private ParsedValue()
    {
    }

    /// <summary>A value of the type its kind asks for, and perhaps something the operator should know about it.</summary>
    public sealed record Fit(object Value, string? Remark = null) : ParsedValue;

    /// <summary>Not such a value; the text completes "expected ...".</summary>
    public sealed record Unfit(string Expected) : ParsedValue;
}
