using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk;

/// <summary>
/// What came of a request: <see cref="Granted"/>, <see cref="Refused"/> by the server (nothing happened), or <see cref="NoAnswer"/>
/// (the connection was lost or the time was over: it may or may not have happened).
/// </summary>
public abstract record Answer<T>
{
    private Answer()
    {
    }

    /// <summary><see cref="ErrorCode.None"/> when granted.</summary>
    public abstract ErrorCode Code { get; }

    /// <summary>A sentence for people, English; empty when granted.</summary>
    public abstract string Sentence { get; }

    /// <summary>The value, when granted.</summary>
    public bool IsGranted(out T value)
    {
        value = this is Granted granted ? granted.Value : default!;
        return this is Granted;
    }

    /// <summary>The value, or a <see cref="MmoException"/> for callers who prefer those.</summary>
    public T OrThrow() => this is Granted granted ? granted.Value : throw new MmoException(Code, Sentence);

    /// <summary>The same answer about something else.</summary>
    internal Answer<TOther> Select<TOther>(Func<T, TOther> map) => this switch
    {
        Granted granted => new Answer<TOther>.Granted(map(granted.Value)),
        Refused refused => new Answer<TOther>.Refused(refused.Code, refused.Sentence, refused.RetryAfter),
        _ => new Answer<TOther>.NoAnswer(Code, Sentence),
    };

    /// <summary>The same failure of another request.</summary>
    internal Answer<TOther> Failed<TOther>() => Select<TOther>(_ => throw new InvalidOperationException("A granted answer is no failure."));

    /// <summary>The server did it.</summary>
    public sealed record Granted(T Value) : Answer<T>
    {
        /// <inheritdoc />
        public override ErrorCode Code => ErrorCode.None;

        /// <inheritdoc />
        public override string Sentence => "";
    }

    /// <summary>The server (or the client itself, before sending) said no.</summary>
    public sealed record Refused : Answer<T>
    {
        /// <summary>A refusal; <paramref name="retryAfter"/> above zero: the same request may be granted after this time.</summary>
        public Refused(ErrorCode code, string sentence, TimeSpan retryAfter = default) =>
            (Code, Sentence, RetryAfter) = (code, sentence, retryAfter);

        /// <inheritdoc />
        public override ErrorCode Code { get; }

        /// <inheritdoc />
        public override string Sentence { get; }

        /// <summary>Above zero: the same request may be granted after this time.</summary>
        public TimeSpan RetryAfter { get; }
    }

    /// <summary>Nobody answered: unreachable, connection lost, or too late.</summary>
    public sealed record NoAnswer : Answer<T>
    {
        /// <summary>No answer, and what is known about why.</summary>
        public NoAnswer(ErrorCode code, string sentence) => (Code, Sentence) = (code, sentence);

        /// <inheritdoc />
        public override ErrorCode Code { get; }

        /// <inheritdoc />
        public override string Sentence { get; }
    }
}
