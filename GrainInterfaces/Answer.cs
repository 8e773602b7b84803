using System.Diagnostics.CodeAnalysis;

namespace MmoOrleans.GrainInterfaces;

/// <summary>What a grain says to something a player asked for: <see cref="Granted{T}"/> or <see cref="Denied{T}"/>.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Answer`1")]
public abstract record Answer<T>
{
    internal Answer() { }

    /// <summary>True with the value when granted, else false with the refusal.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [MaybeNullWhen(true)] out Refusal refusal)
    {
        if (this is Granted<T> granted)
        {
            (value, refusal) = (granted.Value, null);
            return true;
        }
        (value, refusal) = (default, ((Denied<T>)this).Why);
        return false;
    }
}

/// <summary>Asked and got.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Granted`1")]
public sealed record Granted<T>([property: Id(0)] T Value) : Answer<T>;

/// <summary>Asked and not got, with the reason.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Denied`1")]
public sealed record Denied<T>([property: Id(0)] Refusal Why) : Answer<T>;

/// <summary>The value of an answer that has nothing more to say than yes.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Done")]
public readonly record struct Done;

/// <summary>Makes answers without naming their types.</summary>
public static class Answer
{
    public static Answer<Done> Done { get; } = new Granted<Done>(default);

    public static Answer<T> Of<T>(T value) => new Granted<T>(value);

    public static Answer<T> Refuse<T>(RefusalCode code, TimeSpan? retryAfter = null) => new Denied<T>(Refusal.For(code, retryAfter));

    public static Answer<T> Refuse<T>(Refusal why) => new Denied<T>(why);
}
