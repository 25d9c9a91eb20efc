/** The core's terms for the stories, as `terms()` gives them (taken from `crates/record/src/terms/`). */
import type { Term, Terms } from '../../../src/screens/shapes';

const list = (text: string): Term[] =>
  text.split('|').map((it) => {
    const [code = '', label = ''] = it.split('=');
    return { code, label };
  });

export const TERMS: Terms = {
  domains: list(
    "domestic-abuse=domestic abuse|drugs=drugs|alcohol=alcohol|parental-mental-health=parental mental health|parental-learning-need=parental learning need|basic-care=basic care|emotional-warmth=emotional warmth|supervision-and-safety=supervision and safety|stimulation=stimulation|boundaries=boundaries|stability=stability|childs-health=child's health|development=development|education-and-attendance=education and attendance|childs-mental-health=child's mental health|exploitation=exploitation|offending=offending|housing=housing|money=money|support-network=support network|parents-relationship=parents' relationship|family-time=family time",
  ),
  agreements: list(
    "shares-fully=shares fully|shares-partly=shares partly|sees-it-differently=sees it differently|does-not-share=does not share|not-yet-discussed=not yet discussed|unsafe-to-discuss=unsafe to discuss|unable-to-say=unable to say",
  ),
  directions: list(
    "improving=improving|some-improvement=some improvement|no-change=no change|mixed=mixed|worsening=worsening|too-early=too early|not-assessed=not assessed",
  ),
  stagesOfChange: list(
    "pre-contemplation=pre-contemplation|contemplation=contemplation|preparation=preparation|action=action|maintenance=maintenance|relapse=relapse|not-assessed=not assessed",
  ),
  tools: list(
    "scaling-question=scaling question|importance-ruler=importance ruler|confidence-ruler=confidence ruler|decisional-balance=decisional balance|cycle-of-change=cycle of change|genogram=genogram|ecomap=ecomap|three-houses=three houses|words-and-pictures=words and pictures|safety-house=safety house|danger-statement=danger statement|outcomes-star=outcomes star|dash=DASH|severity-of-abuse-grid=severity of abuse grid|power-and-control-wheel=power and control wheel|audit=AUDIT|audit-c=AUDIT-C|drug-diary=drug diary|phq-9=PHQ-9|gad-7=GAD-7|sdq=SDQ|gcp2=GCP2|home-conditions=home conditions|day-in-the-life=day in the life|family-timeline=family timeline|module-worksheet=module worksheet|other=other",
  ),
  immediateSafety: list(
    "no-concern=no concern|managed-in-the-visit=managed in the visit|manager-informed=manager informed|strategy-discussion-asked-for=strategy discussion asked for|emergency-services=emergency services",
  ),
  natures: list(
    "observed-fact=observed fact|reported=reported by|document=document|professional-opinion=professional opinion|analysis=analysis|hypothesis=hypothesis|familys-view=family's view",
  ),
  actionStatuses: list(
    "open=open|in-progress=in progress|done=done|not-done=not done|superseded=superseded",
  ),
  kinds: list(
    "statutory-visit-cp=statutory visit (CP)|statutory-visit-looked-after=statutory visit (looked after)|cin-visit=CIN visit|home-visit=home visit|unannounced-visit=unannounced visit|attempted-visit=attempted visit|specialist-session=specialist session|joint-visit=joint visit|direct-work-with-child=direct work with child|group-session=group session|phone=phone|video=video|message=message|school-contact=school contact|professional-contact=professional contact|core-group=core group|cin-meeting=CIN meeting|family-time=family time|monthly-summary=monthly summary|other=other",
  ),
  outcomes: list(
    "took-place=took place|no-reply=no reply|refused-entry=refused entry|cancelled-by-family=cancelled by family|cancelled-by-service=cancelled by service|partly-completed=partly completed",
  ),
  seen: list(
    "awake=seen awake|asleep=seen asleep|not-seen=not seen",
  ),
  seenAlone: list(
    "yes=yes|child-declined=child declined|parent-refused=parent refused|too-young=too young|unsafe-to=unsafe to|not-attempted=not attempted",
  ),
  appendmentReasons: list(
    "correction=correction|late-information=late information|familys-comment=family's comment|managers-comment=manager's comment|response-to-a-rights-request=response to a rights request",
  ),
  compartments: list(
    "team=team|victim-safe=victim-safe|perpetrator-work=perpetrator work|health=health|probation=probation|legal=legal|author-only=author only",
  ),
  disciplines: list(
    "childrens-social-worker=children's social worker|senior-social-worker=senior social worker|family-support-worker=family support worker|domestic-abuse-victim-worker=domestic abuse victim worker|domestic-abuse-perpetrator-worker=domestic abuse perpetrator worker|recovery-worker=recovery worker|adult-mental-health-practitioner=adult mental health practitioner|psychologist=psychologist|probation-officer=probation officer|health-visitor=health visitor|school-safeguarding-lead=school safeguarding lead|team-manager=team manager|service-manager=service manager|independent-reviewing-officer=independent reviewing officer|conference-chair=conference chair|business-support=business support",
  ),
  roles: list(
    "child=child|unborn-child=unborn child|mother=mother|father=father|step-parent=step-parent|parents-partner=parent's partner|ex-partner=ex-partner|carer=carer|kinship-carer=kinship carer|grandparent=grandparent|sibling=sibling|half-sibling=half-sibling|other-relative=other relative|household-member=household member|network-member=network member",
  ),
  relationships: list(
    "parent-of=parent of|step-parent-of=step-parent of|carer-of=carer of|grandparent-of=grandparent of|sibling-of=sibling of|half-sibling-of=half-sibling of|partner-of=partner of|ex-partner-of=ex-partner of|other-relative-of=other relative of|friend-of=friend of",
  ),
  planStatuses: list(
    "early-help=early help|family-help=family help|child-in-need=child in need|s47-enquiry=s47 enquiry|child-protection-plan=child protection plan|pre-proceedings=pre-proceedings|care-proceedings=care proceedings|looked-after=looked after|supervision-order=supervision order|private-fostering=private fostering|closed=closed",
  ),
  cpCategories: list(
    "neglect=neglect|physical=physical|emotional=emotional|sexual=sexual|multiple=multiple",
  ),
  goalStatuses: list(
    "working=being worked on|reached=reached|changed=changed|dropped=dropped",
  ),
  significantEvents: list(
    "disclosure=disclosure|injury=injury|domestic-abuse-incident=domestic abuse incident|police-call-out=police call-out|arrest-or-charge=arrest or charge|bail-change=bail change|hospital-attendance=hospital attendance|overdose-or-relapse=overdose or relapse|mental-health-crisis=mental health crisis|missing=missing|school-exclusion=school exclusion|house-move=house move|new-partner=new partner|pregnancy=pregnancy|birth=birth|death=death|s47=s47|conference=conference|plan-start-or-end=plan start or end|court-order=court order|placement-change=placement change|change-of-worker=change of worker|positive-milestone=positive milestone",
  ),
  attestation: 'I have read this and it is my record',
};
