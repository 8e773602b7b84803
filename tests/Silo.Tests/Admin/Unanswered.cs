using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;

namespace MmoOrleans.Silo.Tests.Admin;

/// <summary>An operator whose order is right, while what it needs is away: it is worth asking again, which a script sees by the status.</summary>
public sealed class Unanswered(AilingSilo silo) : IClassFixture<AilingSilo>
{
    [Fact]
    public async Task Storage_that_is_away_is_503_with_the_sentence()
    {
        silo.Ails = context => context.Result = Answer.Refuse<Fence>(RefusalCode.ChatNotAvailable);

        var (status, text) = await silo.Post("announce", new { text = "hello" });

        Assert.Equal((503, Refusal.For(RefusalCode.ChatNotAvailable).Sentence), (status, OperatedSilo.ReasonOf(text)));
    }

    [Fact]
    public async Task A_grain_that_fails_is_503_too()
    {
        silo.Ails = _ => throw new TimeoutException("no answer");

        var (status, text) = await silo.Post("announce", new { text = "hello" });

        Assert.Equal(503, status);
        Assert.Contains("did not answer", OperatedSilo.ReasonOf(text), StringComparison.Ordinal);
    }
}

/// <summary>A silo whose global chat channel answers lines as a test says.</summary>
public sealed class AilingSilo : OperatedSilo, IIncomingGrainCallFilter
{
    internal Action<IIncomingGrainCallContext> Ails { get; set; } = _ => { };

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.MethodName != nameof(IChatChannelGrain.Say))
            return context.Invoke();
        Ails(context);
        return Task.CompletedTask;
    }

    private protected override void Extend(IServiceCollection services) => services.AddSingleton<IIncomingGrainCallFilter>(this);
}
